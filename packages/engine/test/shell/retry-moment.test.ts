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

describe('retryMoment, on the clock of another place', () => {
  // A Monday, half past ten in the evening in UTC.
  const now = Date.UTC(2026, 10, 30, 22, 30)

  it.each([
    ['16:00', 'America/Los_Angeles', '2026-12-01T00:01:00.000Z'],
    ['04:20', 'Europe/Warsaw', '2026-12-01T03:21:00.000Z'],
    ['04:10', 'America/Sao_Paulo', '2026-12-01T07:11:00.000Z'],
    ['00:00', 'America/Los_Angeles', '2026-12-01T08:01:00.000Z'],
    ['23:28', 'Europe/Paris', '2026-11-30T22:29:00.000Z'],
    ['12-04T09:00', 'UTC', '2026-12-04T09:01:00.000Z'],
    ['11-29T09:00', 'UTC', '2026-11-29T09:01:00.000Z'],
    ['2026-12-04T00:00', 'UTC', '2026-12-04T00:01:00.000Z'],
    ['2026-12-04T07:15', '+05:30', '2026-12-04T01:46:00.000Z'],
    ['2027-01-20T00:00', 'UTC', '2026-12-31T22:30:00.000Z'],
    ['monT23:00', 'UTC', '2026-11-30T23:01:00.000Z'],
    ['monT09:00', 'UTC', '2026-12-07T09:01:00.000Z'],
    ['wedT09:00', 'America/New_York', '2026-12-02T14:01:00.000Z'],
    ['tomorrowT08:00', 'Asia/Tokyo', '2026-12-01T23:01:00.000Z'],
    ['monthT00:00', 'UTC', '2026-12-01T00:01:00.000Z'],
  ])('%s in %s', (localTime, zone, moment) => {
    expect(retryMoment({ localTime, zone }, now)).toBe(moment)
  })

  it.each([
    // In the night of the 29th of March 2026 the clocks of Warsaw go from 2 to 3.
    [Date.UTC(2026, 2, 28, 22), '02:30', '2026-03-29T00:31:00.000Z'],
    [Date.UTC(2026, 2, 28, 22), '04:00', '2026-03-29T02:01:00.000Z'],
    // On the 25th of October they show half past two twice.
    [Date.UTC(2026, 9, 24, 22), '02:30', '2026-10-25T00:31:00.000Z'],
    [Date.UTC(2026, 9, 24, 22), '04:00', '2026-10-25T03:01:00.000Z'],
  ])('from %i on, %s when the clocks change', (from, localTime, moment) => {
    expect(retryMoment({ localTime, zone: 'Europe/Warsaw' }, from)).toBe(moment)
  })

  it('makes nothing of a place that is none', () => {
    expect(retryMoment({ localTime: '09:00', zone: 'Nowhere/Land' }, now)).toBeNull()
    expect(retryMoment({ localTime: 'xyzT09:00' }, now)).toBeNull()
  })
})
