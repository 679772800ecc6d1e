import type { RetryTime } from '@gump/agents'

const minute = 60_000
const day = 24 * 60 * minute
// No quota is longer than a month; what an adapter makes up must still be a date.
const longest = 31 * day

/** The moment of a retry as the ledger has it; null when the time makes no sense. */
export function retryMoment(at: RetryTime, nowMs: number): string | null {
  const ms = momentOf(at, nowMs)
  return Number.isFinite(ms) ? new Date(Math.min(Math.max(0, ms), nowMs + longest)).toISOString() : null
}

function momentOf(at: RetryTime, nowMs: number): number {
  if ('epochMs' in at) return at.epochMs
  if ('afterMs' in at) return nowMs + at.afterMs
  // A clock that shows 11:02 may mean any moment until 11:03.
  if (at.localTime.includes('T')) return Date.parse(at.localTime) + minute
  const today = new Date(nowMs)
  const date = new Date(nowMs - today.getTimezoneOffset() * minute).toISOString().slice(0, 10)
  const ms = Date.parse(`${date}T${at.localTime}`) + minute
  // The program said so a little while ago, perhaps a moment after the minute was over.
  return ms < nowMs - 5 * minute ? ms + day : ms
}
