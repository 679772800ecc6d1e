import { maskedRegions } from './masked-regions.js'

/** What stands in the place of a secret. */
export const MASK = '***'

/** Shorter values are left alone: `true` or `main` as a secret would blank ordinary words everywhere. */
const SHORTEST_SECRET = 8

/**
 * The forms of the secrets worth looking for: trimmed, 8 characters or more, and as they look inside a JSON string
 * where that differs (a private key in a line of an agent's stream has `\n` for its line ends).
 */
export function secretForms(secrets: readonly string[]): string[] {
  const forms = new Set<string>()
  for (const secret of secrets) {
    const trimmed = secret.trim()
    if (trimmed.length < SHORTEST_SECRET) continue
    forms.add(trimmed)
    forms.add(JSON.stringify(trimmed).slice(1, -1))
  }
  return [...forms]
}

/**
 * `text` with every occurrence of a secret of 8 characters or more replaced by `***`; occurrences that overlap or
 * touch become one mark.
 *
 * @example
 * ```ts
 * maskSecrets('key=sk-12345678;', ['sk-12345678']) // 'key=***;'
 * ```
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  const regions = maskedRegions(text, secretForms(secrets))
  let result = ''
  let at = 0
  for (const { start, end } of regions) {
    result += text.slice(at, start) + MASK
    at = end
  }
  return result + text.slice(at)
}
