import { maskSecrets, secretValues } from '@gump/process'

/** Hides known secrets in texts that are stored or shown; commits are never touched. */
export interface Masker {
  readonly secrets: readonly string[]
  mask(text: string): string
}

/** Values of the environment variables whose names look like secrets. */
export function createMasker(
  env: Readonly<Record<string, string | undefined>>,
  patterns: readonly string[],
): Masker {
  const secrets = secretValues(env, patterns)
  return { secrets, mask: (text) => (secrets.length === 0 ? text : maskSecrets(text, secrets)) }
}
