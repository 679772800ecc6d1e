import { createMemoryLedger, runStatus, type LedgerEvent, type NewEvent } from '@gump/ledger'
import { describe, expect, test } from 'vitest'
import { samples } from './support/samples.js'

const id = (step: string) => ({ step, round: 1, attempt: 1 })
const launch = (step: string) => ({ ...id(step), launch: 1 })
const at = 'before_gate'
const started: NewEvent = { type: 'run_started', ...samples.run_started }
const resumed: NewEvent = { type: 'run_resumed', owner: 2, retry_failed: false }
const ended = (status: 'passed' | 'failed' | 'cancelled' | 'paused'): NewEvent => ({
  type: 'run_completed',
  ...samples.run_completed,
  status,
})
const launching = (step: string): NewEvent => ({
  type: 'agent_launching',
  ...samples.agent_launching,
  ...launch(step),
})
const failed = (step: string): NewEvent => ({
  type: 'agent_failed',
  ...samples.agent_failed,
  ...launch(step),
})
const parked = (step: string): NewEvent => ({
  type: 'agent_parked',
  ...samples.agent_parked,
  ...launch(step),
})
const unparked = (step: string): NewEvent => ({ type: 'agent_unparked', ...launch(step) })
const gate = (step: string): NewEvent => ({ type: 'gate_started', ...id(step), gate: 'test' })
const gated = (step: string): NewEvent => ({ type: 'gate_passed', ...id(step), gate: 'test', duration_ms: 1 })
const asked = (step: string): NewEvent => ({ type: 'hitl_paused', ...id(step), at })
const answered = (step: string): NewEvent => ({ type: 'hitl_resumed', ...id(step), at, decision: 'continue' })

function ledger(...events: NewEvent[]): readonly LedgerEvent[] {
  const memory = createMemoryLedger({ runId: 'r', clock: { now: () => 0 } })
  memory.append(events)
  return memory.events
}

describe('the status of a run', () => {
  test.each(['passed', 'failed', 'cancelled', 'paused'] as const)(
    'is %s once it says so, whoever owns it',
    (status) => {
      for (const owner of ['alive', 'dead', 'unknown', 'none'] as const) {
        expect(runStatus(ledger(started, ended(status)), owner)).toBe(status)
      }
    },
  )

  test('is running only while a live owner holds it', () => {
    const events = ledger(started, launching('a'))
    expect(runStatus(events, 'alive')).toBe('running')
    expect(runStatus(events, 'dead')).toBe('interrupted')
    expect(runStatus(events, 'none')).toBe('interrupted')
    expect(runStatus(events, 'unknown')).toBe('unknown')
    expect(runStatus([], 'alive')).toBe('running')
    expect(runStatus([], 'dead')).toBe('interrupted')
  })

  test('starts over with a resume', () => {
    expect(runStatus(ledger(started, ended('failed'), resumed), 'alive')).toBe('running')
    expect(runStatus(ledger(started, ended('failed'), resumed), 'dead')).toBe('interrupted')
    expect(runStatus(ledger(started, ended('failed'), resumed, ended('passed')), 'dead')).toBe('passed')
  })

  test('is parked while everything that could go on waits for a provider', () => {
    const waiting = [started, launching('a'), failed('a'), parked('a')]
    expect(runStatus(ledger(...waiting), 'alive')).toBe('parked')
    expect(runStatus(ledger(...waiting), 'dead')).toBe('interrupted')
    expect(runStatus(ledger(...waiting, launching('b')), 'alive')).toBe('running')
    expect(runStatus(ledger(...waiting, gate('b')), 'alive')).toBe('running')
    expect(runStatus(ledger(...waiting, gate('b'), gated('b')), 'alive')).toBe('parked')
    expect(runStatus(ledger(...waiting, unparked('a')), 'alive')).toBe('running')
    expect(runStatus(ledger(...waiting, resumed), 'alive')).toBe('running')
  })

  test('is paused while a person is asked and nothing else goes on', () => {
    expect(runStatus(ledger(started, asked('a')), 'alive')).toBe('paused')
    expect(runStatus(ledger(started, asked('a')), 'dead')).toBe('interrupted')
    expect(runStatus(ledger(started, asked('a'), launching('b')), 'alive')).toBe('running')
    expect(runStatus(ledger(started, asked('a'), answered('a')), 'alive')).toBe('running')
  })
})
