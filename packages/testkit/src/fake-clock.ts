import type { Clock } from '@gump/engine'

/** A clock that stands still until it is moved. */
export interface FakeClock extends Clock {
  /** Advances by `ms`, ringing every timer that falls due, in order. */
  advance(ms: number): void
  /** Advances to the next timer, if there is one; returns whether there was. */
  advanceToNext(): boolean
  readonly pending: number
}

interface Timer {
  readonly dueMs: number
  readonly ring: () => void
}

/** @param startMs - epoch milliseconds. */
export function fakeClock(startMs: number = Date.UTC(2026, 0, 1)): FakeClock {
  let now = startMs
  const timers = new Set<Timer>()
  const next = (): Timer | undefined => [...timers].toSorted((a, b) => a.dueMs - b.dueMs)[0]
  const ring = (timer: Timer): void => {
    timers.delete(timer)
    now = Math.max(now, timer.dueMs)
    timer.ring()
  }
  return {
    now: () => now,
    timer(ms, callback) {
      const timer = { dueMs: now + ms, ring: callback }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance(ms) {
      const until = now + ms
      for (let timer = next(); timer !== undefined && timer.dueMs <= until; timer = next()) ring(timer)
      now = until
    },
    advanceToNext() {
      const timer = next()
      if (timer === undefined) return false
      ring(timer)
      return true
    },
    get pending() {
      return timers.size
    },
  }
}
