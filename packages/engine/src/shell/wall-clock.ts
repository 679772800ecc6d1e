const minute = 60_000
const day = 24 * 60 * minute

/** A day and a time on a clock whose zone is not known yet. Months count from 1, days may lie outside of the month. */
export interface WallTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
}

/** What the clock of a time zone shows at a moment. Without a zone: this machine's. */
export function wallTime(ms: number, zone: string | undefined): WallTime {
  const shown = new Date(ms + offsetAt(ms, zone))
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
  }
}

/** The day of the week on that clock: 0 is Sunday. */
export function weekday(time: WallTime): number {
  return new Date(Date.UTC(time.year, time.month - 1, time.day)).getUTCDay()
}

/** The moment when the clock of a time zone shows a time, in epoch milliseconds; the first one when it does so twice. */
export function momentOfWallTime(time: WallTime, zone: string | undefined): number {
  const shown = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute)
  // The offset before and after a change of the clocks; where both fit, the earlier moment counts.
  const candidates = [shown - day, shown + day].map((near) => shown - offsetAt(near, zone))
  const exact = candidates.filter((ms) => ms + offsetAt(ms, zone) === shown)
  return Math.min(...(exact.length > 0 ? exact : candidates))
}

function offsetAt(ms: number, zone: string | undefined): number {
  if (zone === undefined) return -new Date(ms).getTimezoneOffset() * minute
  const fixed = /^([+-])(\d{2}):(\d{2})$/.exec(zone)
  if (fixed !== null) {
    const [, sign, hours, minutes] = fixed
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minute
  }
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms)
  const part = (type: string): number => Number(parts.find((p) => p.type === type)?.value)
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return shown - Math.floor(ms / 1000) * 1000
}
