import type { AgentAdapter } from '../contract.js'
import { asObject } from '../streams/json-value.js'
import { expectThat } from './expect.js'
import type { AgentFixture } from './fixture.js'
import { CLEAN_EXIT, linesOf, play } from './play.js'
import { createSequence } from './sequence.js'
import { expectWellFormed } from './well-formed.js'

const MAX_CUTS = 120
const MAX_MUTATIONS = 100

/**
 * Throws unless a stream that was cut off at any place is read without error, and is no success though the process
 * exits with 0: not before the last line is there to the last byte.
 */
export function checkCutAnywhere(adapter: AgentAdapter, fixture: AgentFixture): void {
  const text = linesOf(fixture.stdout).join('\n').trimEnd()
  const bytes = new TextEncoder().encode(text)
  const step = Math.max(1, Math.floor(bytes.length / MAX_CUTS))
  for (let end = 0; end < bytes.length; end += step) checkCut(adapter, bytes, end)
  for (let end = Math.max(0, bytes.length - 32); end < bytes.length; end += 1) checkCut(adapter, bytes, end)
}

function checkCut(adapter: AgentAdapter, bytes: Uint8Array, end: number): void {
  const played = play(adapter, linesOf(bytes.subarray(0, end)), CLEAN_EXIT)
  expectWellFormed(played)
  expectThat(
    played.outcome.status === 'failed',
    `a stream cut after ${end} of ${bytes.length} bytes counts as a success`,
  )
}

/** Throws unless every line can be lost without an error, and losing the last one loses the success. */
export function checkLostLines(adapter: AgentAdapter, fixture: AgentFixture): void {
  const lines = linesOf(fixture.stdout)
  for (const lost of lines.keys()) {
    const rest = lines.filter((_, i) => i !== lost)
    const played = play(adapter, rest, CLEAN_EXIT)
    expectWellFormed(played)
    if (lost === lines.length - 1) {
      expectThat(played.outcome.status === 'failed', 'a stream without its last line counts as a success')
    }
  }
}

const ABSURD: readonly unknown[] = [null, true, -1, 1.5, 1e308, '', 'x', [], [null], {}, { type: 'text' }]

/** Throws unless members of absurd types and values are read without error into well-formed events. */
export function checkAbsurdValues(adapter: AgentAdapter, fixture: AgentFixture): void {
  const lines = linesOf(fixture.stdout)
  const pick = createSequence(lines.length)
  for (let i = 0; i < MAX_MUTATIONS && lines.length > 0; i += 1) {
    const at = pick(lines.length)
    const mutated = lines.map((line, n) => (n === at ? mutateLine(line, pick) : line))
    expectWellFormed(play(adapter, mutated, fixture.expected.exit))
  }
}

function mutateLine(line: string, pick: (below: number) => number): string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return line
  }
  return JSON.stringify(mutate(value, pick))
}

/** Replaces one member somewhere in the value. */
function mutate(value: unknown, pick: (below: number) => number): unknown {
  const object = Array.isArray(value) ? null : asObject(value)
  const keys = object === null ? [] : Object.keys(object)
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  const size = keys.length + items.length
  if (size === 0 || pick(5) === 0) return ABSURD[pick(ABSURD.length)]
  const at = pick(size)
  if (object === null) return items.map((item, i) => (i === at ? mutate(item, pick) : item))
  const key = keys[at] ?? ''
  return { ...object, [key]: mutate(object[key], pick) }
}
