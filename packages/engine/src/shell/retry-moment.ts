import type { RetryTime } from '@gump/agents'
import { momentOfWallTime, type WallTime, wallTime, weekday } from './wall-clock.js'

const minute = 60_000
const day = 24 * 60 * minute
// No quota is longer than a month; what an adapter makes up must still be a date.
const longest = 31 * day
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** The moment of a retry as the ledger has it; null when the time makes no sense. */
export function retryMoment(at: RetryTime, nowMs: number): string | null {
  const ms = momentOf(at, nowMs)
  return Number.isFinite(ms) ? new Date(Math.min(Math.max(0, ms), nowMs + longest)).toISOString() : null
}

function momentOf(at: RetryTime, nowMs: number): number {
  if ('epochMs' in at) return at.epochMs
  if ('afterMs' in at) return nowMs + at.afterMs
  try {
    // A clock that shows 11:02 may mean any moment until 11:03.
    return onClock(at.localTime, at.zone, nowMs) + minute
  } catch {
    return Number.NaN
  }
}

/** The next moment when a clock shows that, or the last one where it was only just now. */
function onClock(localTime: string, zone: string | undefined, nowMs: number): number {
  const [named, time = ''] = localTime.includes('T') ? localTime.split('T') : ['', localTime]
  const today = wallTime(nowMs, zone)
  const clock = /^(\d{2}):(\d{2})$/.exec(time)
  if (clock === null) return Number.NaN
  const moment = (change: Partial<WallTime>): number =>
    momentOfWallTime({ ...today, hour: Number(clock[1]), minute: Number(clock[2]), ...change }, zone)
  // The program said so a little while ago, perhaps a moment after the minute was over.
  const isOver = (ms: number): boolean => ms + minute < nowMs - 5 * minute

  if (named === '') return isOver(moment({})) ? moment({ day: today.day + 1 }) : moment({})
  if (named === 'tomorrow') return moment({ day: today.day + 1 })
  if (named === 'month') return moment({ month: today.month + 1, day: 1 })
  const wanted = weekdays.indexOf(named ?? '')
  if (wanted >= 0) {
    const ahead = (wanted - weekday(today) + 7) % 7
    const next = moment({ day: today.day + ahead })
    return isOver(next) ? moment({ day: today.day + ahead + 7 }) : next
  }
  const date = /^(?:(\d{4})-)?(\d{2})-(\d{2})$/.exec(named ?? '')
  if (date === null) return Number.NaN
  const [, year, month, dayOfMonth] = date
  const inYear = (y: number): number => moment({ year: y, month: Number(month), day: Number(dayOfMonth) })
  if (year !== undefined) return inYear(Number(year))
  // A day without a year is the nearest one: last week, rather than in eleven months.
  const candidates = [today.year - 1, today.year, today.year + 1].map(inYear)
  return candidates.reduce((best, ms) => (Math.abs(ms - nowMs) < Math.abs(best - nowMs) ? ms : best))
}
