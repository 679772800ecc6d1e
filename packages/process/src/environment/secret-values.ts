import { DEFAULT_SECRET_PATTERNS } from './environment-for.js'
import { matchesAny } from './name-pattern.js'

/**
 * The values of the variables whose names match `patterns` (globs with `*`, any case): what
 * `ProcessSpec.mask` should be given so that credentials do not reach artifacts and the ledger.
 */
export function secretValues(
  env: Readonly<Record<string, string | undefined>>,
  patterns: readonly string[] = DEFAULT_SECRET_PATTERNS,
): string[] {
  const values = new Set<string>()
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && value !== '' && matchesAny(name, patterns)) values.add(value)
  }
  return [...values]
}
