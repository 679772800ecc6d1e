import type { TimerEffect } from '@gump/core'
import type { RunContext } from '../run-context.js'

/** Waits until the effect's time has come, however long that is, unless it is no longer wanted. */
export function performTimer(
  context: Pick<RunContext, 'ambient' | 'journal'>,
  effect: TimerEffect,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = context.ambient
  // Timers of the platform overflow after 24.8 days.
  const longest = 2 ** 31 - 1
  return new Promise((resolve, reject) => {
    let cancel = (): void => {}
    const wait = (): void => {
      const rest = effect.atMs - clock.now()
      cancel = clock.timer(Math.max(0, Math.min(rest, longest)), rest > longest ? wait : ring)
    }
    const ring = (): void => {
      signal.removeEventListener('abort', stop)
      try {
        context.journal.append([effect.event])
        resolve()
      } catch (error) {
        reject(error)
      }
    }
    const stop = (): void => {
      cancel()
      resolve()
    }
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) return stop()
    wait()
  })
}
