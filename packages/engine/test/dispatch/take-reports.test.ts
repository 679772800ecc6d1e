import fc from 'fast-check'
import type { NewEvent } from '@gump/ledger'
import { describe, expect, it } from 'vitest'
import { takeReports } from '../../src/dispatch/take-reports.js'

const events: readonly NewEvent[] = Array.from({ length: 12 }, (_, index) => ({
  type: 'warning',
  message: String(index),
}))
const report = (from: number, to: number) =>
  ({ v: 1, id: 'e', from, events: events.slice(from, to) }) as const

describe('reports of an effect', () => {
  it('are recorded once and in order, however often and in whatever pieces they come', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(12), fc.nat(12))), (pieces) => {
        const written: NewEvent[] = []
        const taker = takeReports('e', (fresh) => written.push(...fresh))
        for (const [a, b] of pieces) {
          const [from, to] = [Math.min(a, b, written.length), Math.max(a, b)]
          taker.take(report(from, to))
          expect(written).toEqual(events.slice(0, written.length))
          expect(written.length).toBeGreaterThanOrEqual(to)
        }
      }),
    )
  })

  it('are left out when there is a result', () => {
    const written: NewEvent[] = []
    const taker = takeReports('e', (fresh) => written.push(...fresh))
    taker.take(report(0, 2))
    taker.end()
    taker.take(report(0, 4))
    expect(written).toHaveLength(2)
  })

  it('are refused when events are missing, or when they are of something else', () => {
    const taker = takeReports('e', () => {})
    taker.take(report(0, 1))
    expect(() => taker.take(report(2, 3))).toThrow('1 events of e are missing')
    expect(() => taker.complete(3)).toThrow('2 events of e are missing')
    expect(() => taker.take({ ...report(0, 1), id: 'f' })).toThrow('a report of f (format 1) came for e')
  })
})
