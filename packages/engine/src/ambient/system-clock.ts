import type { Clock } from '../contract.js'

/** The machine's own clock. Its timers do not keep a process alive: waiting for a run does. */
export const systemClock: Clock = {
  now: () => Date.now(),
  timer(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}
