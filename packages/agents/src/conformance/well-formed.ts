import type { AgentEvent } from '../contract.js'
import { decodeEvent } from '../streams/decode-event.js'
import { decodeOutcome } from '../streams/decode-outcome.js'
import { asObject } from '../streams/json-value.js'
import { expectEqual, expectThat } from './expect.js'
import type { Played } from './play.js'

/** Throws unless all events and the outcome are plain JSON of the contract's shape, and fit together. */
export function expectWellFormed({ events, outcome }: Played): void {
  for (const event of events) expectEqual(roundTrip(event), event, 'a normalised event')
  const { compat: _compat, ...plain } = outcome
  const copy = asObject(JSON.parse(JSON.stringify(plain)))
  expectEqual(copy === null ? null : decodeOutcome(copy), plain, 'the outcome')
  expectThat(outcome.status === 'success' || outcome.message !== '', 'a failure must say what failed')
}

/** Throws unless the events agree with each other and with the outcome. */
export function expectConsistent({ events, outcome }: Played): void {
  const started = new Set<string>()
  for (const event of events) {
    if (event.type === 'tool_started') started.add(event.id)
    if (event.type === 'tool_finished') {
      expectThat(started.has(event.id), `tool ${event.id} finished but never started`)
    }
  }
  const turns = events.filter((event) => event.type === 'turn_started').length
  expectEqual(outcome.turns ?? 0, turns, 'turns of the outcome, compared with turn_started events')
  const sessions = events.filter((event) => event.type === 'session').map((event) => event.sessionId)
  if (outcome.sessionId !== undefined && sessions.length > 0) {
    expectEqual(sessions.at(-1), outcome.sessionId, 'the session of the events and of the outcome')
  }
}

function roundTrip(event: AgentEvent): AgentEvent | null {
  const copy = asObject(JSON.parse(JSON.stringify(event)))
  return copy === null ? null : decodeEvent(copy)
}
