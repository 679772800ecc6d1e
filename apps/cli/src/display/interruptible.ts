import type { LedgerEvent } from '@gump/ledger'

import type { RunDisplay } from './run-display.js'

/** A display that steps back while a person is asked something. */
export interface InterruptibleDisplay extends RunDisplay {
  /** Resolves when it is on the screen that this step waits for a person, or when `signal` fires. */
  untilPaused(step: string, signal: AbortSignal): Promise<void>
}

/**
 * What happens while the user is being asked (other branches of the run continue) is kept and shown afterwards: lines that
 * appear in the middle of a menu destroy it.
 */
export function makeInterruptible(display: RunDisplay): InterruptibleDisplay {
  const paused = new Set<string>()
  const waiting = new Set<() => void>()
  const kept: LedgerEvent[] = []
  let suspended = false

  const note = (event: LedgerEvent) => {
    if (event.type === 'hitl_resumed') paused.delete(event.step)
    if (event.type !== 'hitl_paused') return
    paused.add(event.step)
    for (const look of waiting) look()
  }
  const show = (event: LedgerEvent) => {
    display.onEvent(event)
    note(event)
  }
  return {
    ...display,
    recall: (event) => {
      display.recall(event)
      note(event)
    },
    onEvent: (event) => {
      if (suspended) kept.push(event)
      else show(event)
    },
    suspend: () => {
      suspended = true
      display.suspend()
    },
    resume: () => {
      suspended = false
      display.resume()
      for (const event of kept.splice(0)) show(event)
    },
    untilPaused: (step, signal) =>
      new Promise((resolve) => {
        const look = () => {
          if (!paused.has(step) && !signal.aborted) return
          waiting.delete(look)
          signal.removeEventListener('abort', look)
          resolve()
        }
        waiting.add(look)
        signal.addEventListener('abort', look)
        look()
      }),
  }
}
