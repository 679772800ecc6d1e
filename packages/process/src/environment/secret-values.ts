import { matchesAny } from './name-pattern.js'
import { DEFAULT_SECRET_PATTERNS, isNoSecret, urlPasswords } from './secret-patterns.js'

/**
 * The secrets of an environment: the values of the variables whose names match `patterns` (globs with `*`, any case), and
 * the passwords of URLs in all others. This is what `ProcessSpec.mask` should be given, so that credentials do not reach
 * artifacts and the ledger. Words that are no secrets, such as `postgres`, are left out.
 *
 * @example
 * ```ts
 * secretValues({ NPM_TOKEN: 'npm_1234', DATABASE_URL: 'postgres://app:hunter22@db/app' }) // ['npm_1234', 'hunter22']
 * ```
 */
export function secretValues(
  env: Readonly<Record<string, string | undefined>>,
  patterns: readonly string[] = DEFAULT_SECRET_PATTERNS,
): string[] {
  const values = new Set<string>()
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue
    if (matchesAny(name, patterns) && !isNoSecret(value)) values.add(value)
    for (const password of urlPasswords(value)) values.add(password)
  }
  return [...values]
}

/** True for a variable that project code is not to see. */
export function isSecretVariable(name: string, value: string, patterns: readonly string[]): boolean {
  return (matchesAny(name, patterns) && !isNoSecret(value)) || urlPasswords(value).length > 0
}
