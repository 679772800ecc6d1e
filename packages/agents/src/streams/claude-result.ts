import type { AgentOutcome, FailureCause, FailureKind, OutcomeFacts, RetryTime } from '../contract.js'
import { classifyFailure } from '../failures/classify-failure.js'
import { CAUSE_OF_KIND } from '../failures/failure-kind.js'
import { providerFailure } from '../failures/provider-failure.js'
import { saysUnknownSession } from '../failures/unknown-session.js'
import { modelEntries } from './anthropic-usage.js'
import {
  asArray,
  asCount,
  asNonEmpty,
  asNumber,
  asSessionId,
  asText,
  present,
  type JsonObject,
} from './json-value.js'

/** What the stream told before its result. */
export interface ClaudeHistory {
  readonly turns: number
  /** `error` of the last synthetic message: `rate_limit`, `authentication_failed`, … */
  readonly apiError: string | null
  /** What the CLI itself said last in place of the model; null when the model has spoken since. */
  readonly synthetic: string | null
  /** Why the model's last message stopped. */
  readonly stopReason: string | null
  /** The provider has refused, and has not lifted its limit since. */
  readonly rejected: boolean
  /** When the provider's usage limit is lifted, in epoch milliseconds. */
  readonly limitResetMs: number | null
}

const KIND_OF_STOP: Readonly<Record<string, readonly [FailureKind, string]>> = {
  refusal: ['refusal', 'the model refused'],
  max_tokens: ['length', 'the model ran out of output tokens'],
  model_context_window_exceeded: ['context', "the session does not fit into the model's context any more"],
}

/** The verdict of a `result` line (Claude Code 2.1.329). API failures say `subtype: success` with `is_error: true`. */
export function claudeOutcome(result: JsonObject, history: ClaudeHistory): AgentOutcome {
  const facts = claudeFacts(result, history)
  const subtype = asText(result['subtype']) ?? ''
  if (subtype === 'success' && result['is_error'] === false) return successOrNot(result, history, facts)

  const text = failureText(result)
  const message = text ?? `the agent stopped with ${subtype === '' ? 'an error' : subtype}`
  if (text !== null && history.turns === 0 && saysUnknownSession(text)) {
    const { sessionId: _refused, ...rest } = facts
    return { status: 'failed', cause: 'error', message, sessionRefused: true, ...rest }
  }
  const own = ownEnd(result, subtype)
  if (own !== null) return { status: 'failed', message: own.message ?? message, ...own.facts, ...facts }
  const names = [asText(result['api_error_type']), history.apiError, history.rejected ? 'rate_limit' : null]
  const status = asNumber(result['api_error_status'])
  const failure = providerFailure({ message, status, names, retryAt: resetTime(history) }, facts)
  const unclear = subtype === '' || typeof result['is_error'] !== 'boolean'
  const unknown = failure.status === 'failed' && failure.kind === undefined
  if (!unknown || !unclear || subtype.startsWith('error')) return failure
  return { status: 'failed', cause: 'no_result', message: unclearResult(subtype, text), ...facts }
}

function unclearResult(subtype: string, text: string | null): string {
  const what =
    subtype === ''
      ? 'the result has no subtype, and so does not tell whether it is a success'
      : 'the result does not tell whether it is an error'
  return text === null ? what : `${what}; it says: ${text}`
}

/** A success that the stream contradicts is none. */
function successOrNot(result: JsonObject, history: ClaudeHistory, facts: OutcomeFacts): AgentOutcome {
  const stop = asNonEmpty(result['stop_reason']) ?? history.stopReason ?? ''
  const text = asNonEmpty(result['result']) ?? ''
  const stopped = Object.hasOwn(KIND_OF_STOP, stop) ? KIND_OF_STOP[stop] : undefined
  if (stopped !== undefined) {
    const [kind, message] = stopped
    const more = text === '' ? '' : `: ${text}`
    return { status: 'failed', cause: CAUSE_OF_KIND[kind], kind, message: `${message}${more}`, ...facts }
  }
  // What the CLI says in place of the model is no answer of the model.
  const own = history.synthetic !== null && history.synthetic === text
  if (!own && (history.turns > 0 || text.length > 400)) return { status: 'success', ...facts }
  const names = [history.apiError, history.rejected ? 'rate_limit' : null]
  const isError = classifyFailure({ message: text, names }) !== null || /^API Error\b/.test(text)
  if (!isError) return { status: 'success', ...facts }
  return providerFailure({ message: text, names, retryAt: resetTime(history) }, facts)
}

interface OwnEnd {
  readonly facts: { readonly cause: FailureCause; readonly kind?: FailureKind }
  readonly message?: string
}

/** Ends that are the CLI's own doing: a limit that it was given, an interruption. */
function ownEnd(result: JsonObject, subtype: string): OwnEnd | null {
  if (subtype.startsWith('error_max_')) return { facts: { cause: 'limit', kind: 'budget' } }
  const reason = asText(result['terminal_reason']) ?? ''
  // It explains itself with the CLI's own diagnostics, which help nobody.
  if (reason.startsWith('aborted'))
    return { facts: { cause: 'interrupted' }, message: 'the agent was interrupted' }
  return null
}

function failureText(result: JsonObject): string | null {
  const errors = asArray(result['errors'])
    .map(asNonEmpty)
    .filter((text) => text !== null)
  return asNonEmpty(result['result']) ?? (errors.length === 0 ? null : errors.join('; '))
}

function resetTime({ limitResetMs }: ClaudeHistory): RetryTime | null {
  return limitResetMs === null ? null : { epochMs: limitResetMs }
}

function claudeFacts(result: JsonObject, history: ClaudeHistory): OutcomeFacts {
  const windows = modelEntries(result['modelUsage']).map((model) => asCount(model['contextWindow']))
  const contextWindow = Math.max(0, ...windows)
  return {
    ...present('sessionId', asSessionId(result['session_id'])),
    turns: history.turns,
    ...present('finalText', asText(result['result'])),
    ...(contextWindow > 0 ? { contextWindow } : {}),
  }
}
