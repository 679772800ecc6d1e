import { describe, expect, it } from 'vitest'
import { retryMoment } from '../../src/shell/retry-moment.js'

const now = new Date(2026, 10, 21, 11, 2, 37).getTime()
const local = (...parts: [number, number, number, number, number]): string => new Date(...parts).toISOString()

describe('retryMoment', () => {
  it.each([
    ['a moment', { epochMs: now + 5000 }, now + 5000],
    ['a wait', { afterMs: 5000 }, now + 5000],
    ['far away: a month at most', { afterMs: 1e15 }, now + 31 * 24 * 3_600_000],
  ])('%s', (_, at, ms) => {
    expect(retryMoment(at, now)).toBe(new Date(ms).toISOString())
  })

  it('waits for the end of the minute that a clock shows', () => {
    expect(retryMoment({ localTime: '15:05' }, now)).toBe(local(2026, 10, 21, 15, 6))
    expect(retryMoment({ localTime: '11:02' }, now)).toBe(local(2026, 10, 21, 11, 3))
    expect(retryMoment({ localTime: '2026-11-24T09:30' }, now)).toBe(local(2026, 10, 24, 9, 31))
  })

  it('takes a time just before for one that is over, and an earlier one for one of tomorrow', () => {
    expect(retryMoment({ localTime: '11:01' }, now)).toBe(local(2026, 10, 21, 11, 2))
    expect(retryMoment({ localTime: '00:05' }, now)).toBe(local(2026, 10, 22, 0, 6))
  })

  it('says nothing of a time that is none', () => {
    expect(retryMoment({ localTime: 'soon' }, now)).toBeNull()
    expect(retryMoment({ epochMs: Number.NaN }, now)).toBeNull()
  })
})
