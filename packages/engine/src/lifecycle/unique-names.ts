import { GumpError } from '@gump/errors'

/** Throws GUMP-C007 when two of a kind have one name: which of them a workflow means would be chance. */
export function expectUniqueNames(kind: string, all: readonly { readonly name: string }[]): void {
  const seen = new Set<string>()
  for (const { name } of all) {
    if (seen.has(name)) {
      throw new GumpError('GUMP-C007', `two ${kind}s are called "${name}"`, {
        data: { kind, name },
        remedy: 'Give one of them another name, or leave it out.',
      })
    }
    seen.add(name)
  }
}
