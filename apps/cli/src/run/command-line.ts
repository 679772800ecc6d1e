import type { Diagnostic } from '@gump/errors'

/** A place on the command line, as a problem names it. */
export type OnCommandLine = Pick<Diagnostic, 'line' | 'range'>

/**
 * Where a flag stands in what the user wrote, with its value; null when it is not there.
 *
 * @param args - without the program
 * @param flag - `--agent`
 * @param value - whether the word after it belongs to it
 */
export function placeOfFlag(
  args: readonly string[],
  flag: string,
  { value }: { readonly value: boolean },
): OnCommandLine | null {
  const at = args.findIndex((arg) => arg === flag || arg.startsWith(`${flag}=`))
  if (at === -1) return null
  const words = ['gump', ...args.map(spelled)]
  const start = words.slice(0, at + 1).join(' ').length + 1
  const taken = value && args[at] === flag && args[at + 1] !== undefined ? 2 : 1
  const end = start + words.slice(at + 1, at + 1 + taken).join(' ').length
  const position = (offset: number) => ({ line: 1, column: offset + 1, offset })
  return { line: words.join(' '), range: { start: position(start), end: position(end) } }
}

/** As it could be typed again. */
function spelled(arg: string): string {
  return /^[\w./:=@%+,~-]+$/u.test(arg) ? arg : `'${arg.replaceAll("'", String.raw`'\''`)}'`
}
