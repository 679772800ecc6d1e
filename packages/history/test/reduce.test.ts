import fc from 'fast-check'
import { initialState, reduce, runStatus } from '@gump/history'
import { createMemoryLedger, type LedgerEvent } from '@gump/ledger'
import { disagreements } from '@gump/testkit'
import { anyEvent } from '@gump/testkit/any-event'
import { describe, expect, it } from 'vitest'

/** Any lines at all: they need not follow from one another. */
const anyLines: fc.Arbitrary<readonly LedgerEvent[]> = fc
  .tuple(fc.array(anyEvent, { maxLength: 30 }), fc.array(fc.nat({ max: 100_000 }), { minLength: 1 }))
  .map(([events, waits]) => {
    let now = 1
    const ledger = createMemoryLedger({ runId: 'r', clock: { now: () => now } })
    for (const [index, event] of events.entries()) {
      now += waits[index % waits.length] ?? 0
      ledger.append([event])
    }
    return ledger.events
  })

describe('any event, after any others', () => {
  it('is folded', () => {
    fc.assert(
      fc.property(anyLines, (events) => {
        const run = events.reduce(reduce, initialState)
        expect(run.lastSeq).toBe(events.length)
        expect(typeof runStatus(run, 'alive')).toBe('string')
      }),
      { numRuns: 300 },
    )
  })

  it('leaves every state as it was before', () => {
    fc.assert(
      fc.property(anyLines, anyLines, (events, more) => {
        const before = events.reduce(reduce, initialState)
        const copy = events.reduce(reduce, initialState)
        more.reduce(reduce, before)
        expect(before).toEqual(copy)
      }),
      { numRuns: 100 },
    )
  })

  it('is shown by every view', () => {
    fc.assert(
      fc.property(anyLines, (events) => {
        expect(Array.isArray(disagreements(events))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('of a type that is not known yet changes nothing but when it was', () => {
    const line = { v: 1, seq: 1, ts: '2026-03-23T18:42:00.000Z', run_id: 'r', type: 'toString', step: 'a' }
    const { time, lastSeq, ...rest } = reduce(initialState, line as unknown as LedgerEvent)
    const { time: _time, lastSeq: _lastSeq, ...expected } = initialState
    expect(rest).toEqual(expected)
    expect([time.lastMs, lastSeq]).toEqual([Date.parse(line.ts), 1])
  })
})
