import { isScalar, type Node } from 'yaml'
import type { FailureCause } from '../contract.js'
import { present } from '../streams/json-value.js'
import type { LocatedMap, LocatedReader } from './located-reader.js'
import { readDuration } from './read-duration.js'
import type { ScriptOutcome } from './script.js'

const CAUSES: readonly FailureCause[] = [
  'error',
  'auth',
  'quota',
  'limit',
  'interrupted',
  'no_result',
  'configuration',
]
const EXPECTED = 'success, crash, {crash: CODE}, or {failed: CAUSE, message: …, retry_after: …}'

const crashCode = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 255

/** Reads `outcome`: how the launch ends. */
export function readOutcome(reader: LocatedReader, node: Node | null): ScriptOutcome | null {
  if (isScalar(node)) {
    if (node.value === 'success') return { kind: 'success' }
    if (node.value === 'crash') return { kind: 'crash', code: 1 }
    return reader.problem(node, 'outcome is not known', { expected: EXPECTED })
  }
  const map = reader.map(node, 'outcome', ['failed', 'message', 'retry_after', 'session_refused', 'crash'])
  if (map === null) return null
  const crash = map.entries.get('crash')
  if (crash === undefined) return readFailure(reader, map)
  if (map.entries.size > 1) return reader.problem(map.node, 'crash stands alone', { expected: EXPECTED })
  const code = reader.number(crash.value, 'outcome.crash', crashCode, 'an exit code from 0 to 255')
  return code === null ? null : { kind: 'crash', code }
}

function readFailure(reader: LocatedReader, map: LocatedMap): ScriptOutcome | null {
  const failed = map.entries.get('failed')
  if (failed === undefined)
    return reader.problem(map.node, 'outcome needs failed or crash', { expected: EXPECTED })
  const cause = reader.choice(failed.value, 'outcome.failed', CAUSES)
  const messageEntry = map.entries.get('message')
  const retryEntry = map.entries.get('retry_after')
  const refusedEntry = map.entries.get('session_refused')
  const message = messageEntry === undefined ? null : reader.text(messageEntry.value, 'outcome.message')
  const retryAfterMs =
    retryEntry === undefined ? null : readDuration(reader, retryEntry.value, 'outcome.retry_after')
  const refused =
    refusedEntry === undefined ? null : reader.boolean(refusedEntry.value, 'outcome.session_refused')
  if (cause === null) return null
  return {
    kind: 'failed',
    cause,
    message: message === null || message === '' ? `scripted failure: ${cause}` : message,
    ...present('retryAfterMs', retryAfterMs),
    ...present('sessionRefused', refused),
  }
}
