import { initialState, reduce, runStatus, type RunState } from '@gump/history'
import { createMemoryLedger, type NewEvent } from '@gump/ledger'
import { describe, expect, test } from 'vitest'
import {
  answered,
  asked,
  ended,
  failed,
  gate,
  gated,
  launching,
  parked,
  resumed,
  started,
  stepStarted,
  unparked,
} from './support/lines.js'

/** A run in which both steps have begun. */
function run(...events: NewEvent[]): RunState {
  const memory = createMemoryLedger({ runId: 'r', clock: { now: () => 1 } })
  const [first, ...rest] = events
  memory.append(first === undefined ? [] : [first, stepStarted('a'), stepStarted('b'), ...rest])
  return memory.events.reduce(reduce, initialState)
}

describe('the status of a run', () => {
  test.each(['passed', 'failed', 'cancelled', 'paused'] as const)(
    'is %s once its ledger says so, no matter who owns it',
    (status) => {
      for (const owner of ['alive', 'dead', 'unknown', 'none'] as const) {
        expect(runStatus(run(started, ended(status)), owner)).toBe(status)
      }
    },
  )

  test('is running only while a live owner holds it', () => {
    const launched = run(started, launching('a'))
    expect(runStatus(launched, 'alive')).toBe('running')
    expect(runStatus(launched, 'dead')).toBe('interrupted')
    expect(runStatus(launched, 'none')).toBe('interrupted')
    expect(runStatus(launched, 'unknown')).toBe('unknown')
    expect(runStatus(initialState, 'alive')).toBe('running')
    expect(runStatus(initialState, 'dead')).toBe('interrupted')
  })

  test('starts over with a resume', () => {
    expect(runStatus(run(started, ended('failed'), resumed), 'alive')).toBe('running')
    expect(runStatus(run(started, ended('failed'), resumed), 'dead')).toBe('interrupted')
    expect(runStatus(run(started, ended('failed'), resumed, ended('passed')), 'dead')).toBe('passed')
  })

  test('is parked while everything that could run waits for a provider', () => {
    const waiting = [started, launching('a'), failed('a'), parked('a')]
    expect(runStatus(run(...waiting), 'alive')).toBe('parked')
    expect(runStatus(run(...waiting), 'dead')).toBe('interrupted')
    expect(runStatus(run(...waiting, launching('b')), 'alive')).toBe('running')
    expect(runStatus(run(...waiting, gate('b')), 'alive')).toBe('running')
    expect(runStatus(run(...waiting, gate('b'), gated('b')), 'alive')).toBe('parked')
    expect(runStatus(run(...waiting, unparked('a')), 'alive')).toBe('running')
    // A resume does not shorten the wait.
    expect(runStatus(run(...waiting, resumed), 'alive')).toBe('parked')
  })

  test('is paused while a person is asked and nothing else is in progress', () => {
    expect(runStatus(run(started, asked('a')), 'alive')).toBe('paused')
    expect(runStatus(run(started, asked('a')), 'dead')).toBe('interrupted')
    expect(runStatus(run(started, asked('a'), launching('b')), 'alive')).toBe('running')
    expect(runStatus(run(started, asked('a'), answered('a')), 'alive')).toBe('running')
  })
})
