import type { AgentEvent, AgentOutcome } from '../contract.js'

/** What is said of a success behind which there is nothing. */
export const SILENT_END =
  'the agent ended its turn without a word and without a tool; some do so when the limit of a subscription is reached'

// Whatever else an agent tells, known or not, may be work.
const EMPTY: ReadonlySet<AgentEvent['type']> = new Set([
  'session',
  'turn_started',
  'usage',
  'retry_wait',
  'warning',
])

// What stands around the work in the streams of programs: their own end among it, and the prompt that they repeat.
const FRAME =
  /^(?:system(?:\/(?:init|status|api_retry|thinking_tokens))?|(?:turn|agent|message)_(?:start|end)|turn\.(?:started|completed)|result|user|message|rate_limit_event|system\.version|session\.resume_hint)$/

/** True for an event that shows no work: that an agent has started, what it used, that it waits. */
export function isEmpty(event: AgentEvent): boolean {
  return event.type === 'raw' ? FRAME.test(event.name) : EMPTY.has(event.type)
}

/** A success that nothing was said or done for is none. */
export function withoutSilentSuccess(outcome: AgentOutcome, silent: boolean): AgentOutcome {
  if (!silent || outcome.status !== 'success' || (outcome.finalText ?? '').trim() !== '') return outcome
  return { ...outcome, status: 'failed', cause: 'no_result', message: SILENT_END }
}
