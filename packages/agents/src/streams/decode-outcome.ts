import type { AgentOutcome, FailureCause, OutcomeFacts, RetryTime } from '../contract.js'
import { decodeTokens } from './decode-event.js'
import {
  asArray,
  asMilliseconds,
  asNonEmpty,
  asObject,
  asOptionalCount,
  asSessionId,
  asText,
  asUsd,
  present,
  type JsonObject,
} from './json-value.js'
import { asFailureKind } from '../failures/failure-kind.js'
import { isLocalTime } from '../failures/local-time.js'
import { isZone } from '../failures/time-zone.js'

const CAUSES: ReadonlySet<string> = new Set([
  'error',
  'auth',
  'quota',
  'limit',
  'interrupted',
  'no_result',
  'configuration',
])

/** The value when it names a cause of failure, else null. */
export function asFailureCause(value: unknown): FailureCause | null {
  return typeof value === 'string' && CAUSES.has(value) ? (value as FailureCause) : null
}

/** Reads an outcome from untrusted JSON; null when it does not say how the launch ended. */
export function decodeOutcome(value: JsonObject): AgentOutcome | null {
  const facts = decodeFacts(value)
  if (value['status'] === 'success') return { status: 'success', ...facts }
  if (value['status'] !== 'failed') return null
  return {
    status: 'failed',
    cause: asFailureCause(value['cause']) ?? 'error',
    ...present('kind', asFailureKind(value['kind'])),
    message: asNonEmpty(value['message']) ?? 'the agent reported a failure without a message',
    ...(value['limitOf'] === 'model' ? { limitOf: 'model' } : {}),
    ...present('retryAt', decodeRetryAt(value['retryAt'])),
    ...(value['sessionRefused'] === true ? { sessionRefused: true } : {}),
    ...facts,
  }
}

function decodeFacts(value: JsonObject): OutcomeFacts {
  return {
    ...present('sessionId', asSessionId(value['sessionId'])),
    ...present('usage', decodeScopedTokens(value['usage'])),
    ...present('costUsd', decodeScopedUsd(value['costUsd'])),
    ...present('turns', asOptionalCount(value['turns'])),
    ...present('finalText', asText(value['finalText'])),
    ...present('contextWindow', asOptionalCount(value['contextWindow'])),
    ...(value['partial'] === true ? { partial: true } : {}),
    ...present('warnings', decodeWarnings(value['warnings'])),
  }
}

function decodeWarnings(value: unknown): readonly string[] | null {
  const texts = asArray(value)
    .map(asNonEmpty)
    .filter((text) => text !== null)
  return texts.length === 0 ? null : texts
}

function decodeScope(value: unknown): 'launch' | 'session' {
  return value === 'session' ? 'session' : 'launch'
}

function decodeScopedTokens(value: unknown): NonNullable<OutcomeFacts['usage']> | null {
  const usage = asObject(value)
  const tokens = decodeTokens(usage?.['tokens'])
  return usage === null || tokens === null ? null : { tokens, scope: decodeScope(usage['scope']) }
}

function decodeScopedUsd(value: unknown): NonNullable<OutcomeFacts['costUsd']> | null {
  const cost = asObject(value)
  const amount = asUsd(cost?.['value'])
  return cost === null || amount === null ? null : { value: amount, scope: decodeScope(cost['scope']) }
}

function decodeRetryAt(value: unknown): RetryTime | null {
  const retryAt = asObject(value)
  const localTime = asNonEmpty(retryAt?.['localTime'])
  const zone = asNonEmpty(retryAt?.['zone'])
  if (localTime !== null && isLocalTime(localTime))
    return { localTime, ...(zone === null || !isZone(zone) ? {} : { zone }) }
  const epochMs = asMilliseconds(retryAt?.['epochMs'])
  if (epochMs !== null) return { epochMs }
  const afterMs = asMilliseconds(retryAt?.['afterMs'])
  return afterMs === null ? null : { afterMs }
}
