import type { AgentOutcome, FailureCause, FailureKind, OutcomeFacts } from '../contract.js'
import { asNonEmpty, asObject, asText, present } from '../streams/json-value.js'
import { providerFailure } from '../failures/provider-failure.js'
import { SILENT_END } from '../streams/silent-end.js'

const CAUSE_OF_STOP: Readonly<Record<string, readonly [FailureCause, string, FailureKind?]>> = {
  max_tokens: ['limit', 'the model ran out of output tokens', 'length'],
  max_turn_requests: ['limit', 'the agent reached its limit of turns', 'budget'],
  refusal: ['error', 'the model refused', 'refusal'],
  cancelled: ['interrupted', 'the agent was interrupted'],
}

/**
 * The verdict of an answered `session/prompt`. The tokens it may tell are left alone: agents mean the last message by
 * them (OpenCode 1.18.33), or all of them with cached ones counted twice (Copilot CLI 1.0.102).
 */
export function promptOutcome(response: unknown, facts: OutcomeFacts): AgentOutcome {
  const answer = asObject(response) ?? {}
  const reason = asText(answer['stopReason']) ?? ''
  if (reason === 'end_turn') {
    return (facts.turns ?? 0) === 0
      ? { status: 'failed', cause: 'no_result', message: SILENT_END, ...facts }
      : { status: 'success', ...facts }
  }
  const [cause, message, kind] = (Object.hasOwn(CAUSE_OF_STOP, reason)
    ? CAUSE_OF_STOP[reason]
    : undefined) ?? ['error', `the agent stopped for a reason of its own: ${JSON.stringify(reason)}`]
  return { status: 'failed', cause, ...present('kind', kind), message, ...facts }
}

// JSON-RPC error code of the protocol for "sign in first".
const AUTH_REQUIRED = -32_000

/** The verdict of a request that was answered with an error, or not at all. */
export function requestFailure(error: unknown, facts: OutcomeFacts): AgentOutcome {
  const details = asObject(error) ?? {}
  const data = details['data']
  const more =
    asNonEmpty(data) ?? asNonEmpty(asObject(data)?.['details']) ?? asNonEmpty(asObject(data)?.['message'])
  const message = [error instanceof Error ? error.message : asNonEmpty(details['message']), more]
    .filter((text) => text !== null)
    .join(': ')
  const names = [
    details['code'] === AUTH_REQUIRED ? 'auth_required' : null,
    asText(asObject(data)?.['code']),
    asText(asObject(data)?.['errorKind']) ?? asText(asObject(data)?.['type']),
  ]
  return providerFailure({ message, names }, facts)
}
