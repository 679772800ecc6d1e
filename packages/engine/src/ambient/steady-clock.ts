import type { Clock } from '../contract.js'

/** A clock that never goes back. */
export interface SteadyClock extends Clock {
  /** From now on it is not before this moment. @returns by how many milliseconds the other clock is behind it. */
  notBefore(ms: number): number
}

/**
 * A clock that continues where it was when the one below it is set back: everything that is measured in a run is a
 * difference of two of its moments, and a ledger that was written in the future is none to wait for.
 */
export function steadyClock(clock: Clock): SteadyClock {
  let ahead = 0
  let last = Number.NEGATIVE_INFINITY
  const now = (): number => {
    const there = clock.now() + ahead
    if (there < last) ahead += last - there
    last = Math.max(last, there)
    return last
  }
  return {
    now,
    timer: (ms, callback) => clock.timer(ms, callback),
    notBefore(ms) {
      const behind = ms - now()
      if (behind <= 0) return 0
      last = ms
      ahead += behind
      return behind
    },
  }
}
