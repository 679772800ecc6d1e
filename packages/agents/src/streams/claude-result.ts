import type { AgentOutcome, FailureCause, OutcomeFacts, RetryTime, TokenUsage } from '../contract.js'
import { fromMicroUsd, toMicroUsd } from '../usage/micro-usd.js'
import { anthropicTokens, modelEntries, modelUsageTokens } from './anthropic-usage.js'
import { causeOfStatus } from './http-cause.js'
import {
  asArray,
  asCount,
  asNonEmpty,
  asNumber,
  asObject,
  asSessionId,
  asText,
  asUsd,
  hasCounts,
  present,
  type JsonObject,
} from './json-value.js'
import { retryTimeInText } from './retry-time.js'
import { addTokens, NO_TOKENS } from './usage-sum.js'

/** What the stream told before its result. */
export interface ClaudeHistory {
  readonly turns: number
  /** `error` of the last synthetic message: `rate_limit`, `authentication_failed`, … */
  readonly apiError: string | null
  /** When the provider's usage limit is lifted, in epoch milliseconds. */
  readonly limitResetMs: number | null
}

const CAUSE_OF_ERROR: Readonly<Record<string, FailureCause>> = {
  authentication_failed: 'auth',
  authentication_error: 'auth',
  permission_error: 'auth',
  oauth_org_not_allowed: 'auth',
  rate_limit: 'quota',
  rate_limit_error: 'quota',
  overloaded: 'quota',
  overloaded_error: 'quota',
  billing_error: 'quota',
  model_not_found: 'configuration',
  not_found_error: 'configuration',
}

/** The verdict of a `result` line (Claude Code 2.1.329). API failures say `subtype: success` with `is_error: true`. */
export function claudeOutcome(result: JsonObject, history: ClaudeHistory): AgentOutcome {
  const facts = claudeFacts(result, history)
  const subtype = asText(result['subtype']) ?? ''
  if (subtype === 'success' && result['is_error'] === false) return { status: 'success', ...facts }

  const message = failureText(result) ?? `the agent stopped with ${subtype === '' ? 'an error' : subtype}`
  if (isUnknownSession(result)) {
    const { sessionId: _refused, ...rest } = facts
    return { status: 'failed', cause: 'error', message, sessionRefused: true, ...rest }
  }
  const cause = failureCause(result, subtype, history)
  if (cause === 'error' && subtype === 'success' && typeof result['is_error'] !== 'boolean') {
    const unclear = 'the result does not tell whether it is an error'
    return { status: 'failed', cause: 'no_result', message: unclear, ...facts }
  }
  const retryAt = cause === 'quota' ? retryTime(message, history) : null
  return {
    status: 'failed',
    cause,
    // An interrupted run explains itself with the CLI's own diagnostics, which help nobody.
    message: cause === 'interrupted' ? 'the agent was interrupted' : message,
    ...present('retryAt', retryAt),
    ...facts,
  }
}

function failureCause(result: JsonObject, subtype: string, history: ClaudeHistory): FailureCause {
  if (subtype.startsWith('error_max_')) return 'limit'
  const reason = asText(result['terminal_reason']) ?? ''
  if (reason.startsWith('aborted')) return 'interrupted'
  const status = asNumber(result['api_error_status'])
  const byStatus = causeOfStatus(status)
  if (byStatus !== 'error') return byStatus
  const name = asText(result['api_error_type']) ?? history.apiError ?? ''
  return Object.hasOwn(CAUSE_OF_ERROR, name) ? (CAUSE_OF_ERROR[name] ?? 'error') : 'error'
}

function failureText(result: JsonObject): string | null {
  const errors = asArray(result['errors'])
    .map(asNonEmpty)
    .filter((text) => text !== null)
  return asNonEmpty(result['result']) ?? (errors.length === 0 ? null : errors.join('; '))
}

// The CLI has no code for it: the error result of a resume that found nothing has no turn and this sentence.
function isUnknownSession(result: JsonObject): boolean {
  return asArray(result['errors']).some((text) => asText(text)?.startsWith('No conversation found') === true)
}

function retryTime(message: string, { limitResetMs }: ClaudeHistory): RetryTime | null {
  const epochMs = limitResetMs ?? resetInText(message)
  return epochMs === null ? retryTimeInText(message) : { epochMs }
}

// "Claude AI usage limit reached|1795230000": the time when a subscription's limit is lifted, in epoch seconds.
function resetInText(message: string): number | null {
  const seconds = /\|(\d{10})(?:\D|$)/.exec(message)?.[1]
  return seconds === undefined ? null : Number(seconds) * 1000
}

function claudeFacts(result: JsonObject, history: ClaudeHistory): OutcomeFacts {
  const windows = modelEntries(result['modelUsage']).map((model) => asCount(model['contextWindow']))
  const contextWindow = Math.max(0, ...windows)
  return {
    ...present('sessionId', asSessionId(result['session_id'])),
    ...usageFacts(result),
    turns: history.turns,
    ...present('finalText', asText(result['result'])),
    ...(contextWindow > 0 ? { contextWindow } : {}),
  }
}

/**
 * Figures of this launch from `model_usage_since_last_result` where the CLI has it. Older versions: `modelUsage` and
 * `total_cost_usd` count from the session's start, and `usage`, of this launch, misses the turn that a budget cut off.
 */
function usageFacts(result: JsonObject): OutcomeFacts {
  const launch = modelEntries(result['model_usage_since_last_result'])
  const session = modelEntries(result['modelUsage'])
  const launchCost = sumCosts(launch)
  const sessionCost = asUsd(result['total_cost_usd'])
  return {
    ...present(
      'usage',
      inScope('launch', sumModels(launch)) ?? inScope('session', sumModels(session)) ?? ofLaunch(result),
    ),
    ...(launchCost !== null
      ? { costUsd: { value: launchCost, scope: 'launch' as const } }
      : present('costUsd', sessionCost === null ? null : { value: sessionCost, scope: 'session' as const })),
  }
}

type Usage = NonNullable<OutcomeFacts['usage']>

function inScope(scope: Usage['scope'], tokens: TokenUsage | null): Usage | null {
  return tokens === null ? null : { tokens, scope }
}

function ofLaunch(result: JsonObject): Usage | null {
  const usage = asObject(result['usage'])
  return hasCounts(usage, 'input_tokens', 'output_tokens') ? inScope('launch', anthropicTokens(usage)) : null
}

/** null when there is none, or one does not tell its tokens. */
function sumModels(models: readonly JsonObject[]): TokenUsage | null {
  const told = models.length > 0 && models.every((model) => hasCounts(model, 'inputTokens', 'outputTokens'))
  return told ? models.map(modelUsageTokens).reduce(addTokens, NO_TOKENS) : null
}

/** null when there is none, or one does not tell its cost. */
function sumCosts(models: readonly JsonObject[]): number | null {
  const costs = models.map((model) => asUsd(model['costUSD'])).filter((cost) => cost !== null)
  if (costs.length === 0 || costs.length < models.length) return null
  return fromMicroUsd(costs.reduce((sum, cost) => sum + toMicroUsd(cost), 0))
}
