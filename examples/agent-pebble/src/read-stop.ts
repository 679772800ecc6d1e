import type { AgentOutcome, FailureCause } from '@gump/agents'
import { asObject, asSeconds, asText, asUsd, type JsonObject } from './json-value.js'

const CAUSES: ReadonlyMap<string, FailureCause> = new Map([
  ['signed_out', 'auth'],
  ['rate_limited', 'quota'],
  ['too_many_replies', 'limit'],
  ['unknown_model', 'configuration'],
])

/** The verdict of Pebble's last line; null when it is another line. */
export function readStop(line: JsonObject): AgentOutcome | null {
  if (line['event'] !== 'stop' || typeof line['ok'] !== 'boolean') return null
  const usd = asUsd(line['usd'])
  const cost = usd === undefined ? {} : { costUsd: { value: usd, scope: 'launch' as const } }
  if (line['ok']) return { status: 'success', ...cost }

  const error = asObject(line['error'])
  const code = asText(error?.['code']) ?? ''
  const wait = asSeconds(error?.['retry_after_s'])
  return {
    status: 'failed',
    cause: CAUSES.get(code) ?? 'error',
    message: asText(error?.['message']) ?? 'Pebble failed without saying why',
    ...(wait === undefined ? {} : { retryAt: { afterMs: Math.round(wait * 1000) } }),
    ...(code === 'unknown_session' ? { sessionRefused: true } : {}),
    ...cost,
  }
}
