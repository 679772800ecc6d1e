import { addRegion, createPatternAutomaton, type PatternAutomaton, type Region } from './pattern-automaton.js'
import { secretForms } from './secret-forms.js'

/** What stands in the place of a secret. */
export const MASK = '***'

/** Automata by the list of secrets: a run masks with one list, thousands of times. */
const known = new WeakMap<readonly string[], PatternAutomaton | null>()

function automatonFor(secrets: readonly string[]): PatternAutomaton | null {
  const cached = known.get(secrets)
  if (cached !== undefined) return cached
  const forms = secretForms(secrets)
  const made =
    forms.length === 0
      ? null
      : createPatternAutomaton(
          forms.map((form) => Array.from({ length: form.length }, (_, at) => form.charCodeAt(at))),
        )
  known.set(secrets, made)
  return made
}

/**
 * `text` with every occurrence of a secret of 8 characters or more replaced by `***`, also where it is encoded as
 * base64, base64url, hex, for a URL or in JSON; occurrences that overlap or touch become one mark. Takes time
 * proportional to the length of the text.
 *
 * @example
 * ```ts
 * maskSecrets('key=sk-12345678;', ['sk-12345678']) // 'key=***;'
 * ```
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  const automaton = secrets.length === 0 ? null : automatonFor(secrets)
  if (automaton === null) return text
  const regions: Region[] = []
  let state = automaton.start
  for (let at = 0; at < text.length; at += 1) {
    state = automaton.step(state, text.charCodeAt(at))
    const length = automaton.ending(state)
    if (length > 0) addRegion(regions, at + 1 - length, at + 1)
  }
  let result = ''
  let at = 0
  for (const { start, end } of regions) {
    result += text.slice(at, start) + MASK
    at = end
  }
  return result + text.slice(at)
}
