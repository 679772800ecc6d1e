import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { FailureCause, ProcessExit, RetryTime, TokenUsage } from '../contract.js'
import { asFailureCause } from '../streams/decode-outcome.js'
import {
  asArray,
  asCount,
  asNonEmpty,
  asNumber,
  asObject,
  asText,
  asUsd,
  present,
  type JsonObject,
} from '../streams/json-value.js'

/** One recorded stream and what an adapter must make of it. */
export interface AgentFixture {
  readonly name: string
  /** Raw bytes of stdout, as the CLI wrote them. */
  readonly stdout: Uint8Array
  readonly expected: FixtureExpectation
}

/** What is expected of one recorded stream. Absent members are expected to be absent. */
export interface FixtureExpectation {
  /** What was recorded, for readers. */
  readonly about: string
  readonly exit: ProcessExit
  readonly outcome: 'success' | FailureCause
  readonly session?: string
  readonly turns: number
  /** Tokens at the end, by class. */
  readonly tokens: TokenUsage
  /** `session`: the CLI counts tokens from the start of a resumed session. */
  readonly tokensScope: 'launch' | 'session'
  /** Native cost in USD, exact to the micro-dollar. */
  readonly costUsd?: number
  readonly costScope: 'launch' | 'session'
  /** Paths of write and edit tools, in order. */
  readonly writes: readonly string[]
  readonly sessionRefused: boolean
  readonly retryAt?: RetryTime
  /** Text of the last message. */
  readonly finalText?: string
}

const KEYS: ReadonlySet<string> = new Set([
  'about',
  'exit',
  'outcome',
  'session',
  'turns',
  'tokens',
  'tokens_scope',
  'cost_usd',
  'cost_scope',
  'writes',
  'session_refused',
  'retry_at',
  'final_text',
])

/**
 * Reads the fixtures below a folder: each sub-folder holds `stdout.ndjson` and `expected.yaml`.
 *
 * ```yaml
 * about: the agent writes one file
 * exit: {code: 0}
 * outcome: success            # or the cause of a failure: auth, quota, limit, …
 * session: 5235a823-dcb7
 * turns: 2
 * tokens: {input: 2600, output: 105, cache_read: 1400, cache_write: 50}
 * cost_usd: 0.009982
 * writes: [/home/ws/hello.txt]
 * final_text: Done.
 * retry_at: {after_ms: 90000} # only of a quota: or epoch_ms, or local_time: '15:05'
 * ```
 *
 * @throws Error when a folder is incomplete or an expectation has an unknown key.
 */
export function readFixtures(folder: string): readonly AgentFixture[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
    .map((name) => ({
      name,
      stdout: readFileSync(join(folder, name, 'stdout.ndjson')),
      expected: parseExpectation(readFileSync(join(folder, name, 'expected.yaml'), 'utf8'), name),
    }))
}

/** Reads one `expected.yaml`. */
export function parseExpectation(text: string, name: string): FixtureExpectation {
  const value = asObject(parse(text))
  if (value === null) throw new Error(`${name}/expected.yaml is not a mapping`)
  const unknown = Object.keys(value).find((key) => !KEYS.has(key))
  if (unknown !== undefined) throw new Error(`${name}/expected.yaml has an unknown key: ${unknown}`)
  const outcome = value['outcome'] === 'success' ? 'success' : asFailureCause(value['outcome'])
  if (outcome === null)
    throw new Error(`${name}/expected.yaml: outcome must be success or a cause of failure`)
  return {
    about: asText(value['about']) ?? '',
    exit: readExit(asObject(value['exit']) ?? {}),
    outcome,
    ...present('session', asNonEmpty(value['session'])),
    turns: asCount(value['turns']),
    tokens: readTokens(asObject(value['tokens']) ?? {}),
    tokensScope: value['tokens_scope'] === 'session' ? 'session' : 'launch',
    ...present('costUsd', asUsd(value['cost_usd'])),
    costScope: value['cost_scope'] === 'session' ? 'session' : 'launch',
    writes: asArray(value['writes']).map((path) => asText(path) ?? ''),
    sessionRefused: value['session_refused'] === true,
    ...present('retryAt', readRetryAt(asObject(value['retry_at']))),
    ...present('finalText', asText(value['final_text'])),
  }
}

function readExit(value: JsonObject): ProcessExit {
  return {
    code: asNumber(value['code']),
    signal: asNonEmpty(value['signal']),
    stderrTail: asText(value['stderr']) ?? '',
  }
}

function readTokens(value: JsonObject): TokenUsage {
  return {
    input: asCount(value['input']),
    output: asCount(value['output']),
    cacheRead: asCount(value['cache_read']),
    cacheWrite: asCount(value['cache_write']),
  }
}

function readRetryAt(value: JsonObject | null): RetryTime | null {
  const localTime = asNonEmpty(value?.['local_time'])
  if (localTime !== null) return { localTime }
  const epochMs = asNumber(value?.['epoch_ms'])
  if (epochMs !== null) return { epochMs }
  const afterMs = asNumber(value?.['after_ms'])
  return afterMs === null ? null : { afterMs }
}
