import type { AgentOutcome } from '../contract.js'
import { providerFailure } from '../failures/provider-failure.js'

const MAX_CHARS = 4000
// `[API Error: …]` is what Gemini CLI and Qwen Code put in the place of an answer; others put the status behind the words.
const NOTHING_ELSE = /^\[API Error: [\s\S]*\]$|^API Error: [45]\d\d\b/

/** A success whose last words are an error of the provider, and nothing besides, is none. */
export function withoutToldError(outcome: AgentOutcome): AgentOutcome {
  const said = (outcome.finalText ?? '').trim()
  if (outcome.status !== 'success' || said.length > MAX_CHARS || !NOTHING_ELSE.test(said)) return outcome
  const { status: _success, ...facts } = outcome
  return providerFailure({ message: said }, facts)
}
