import type { LedgerEvent } from '@gump/ledger'
import type { LiveEvent, Run, RunResult } from '../run.js'
import type { Journal } from '../shell/journal.js'

/** What a running run needs to be seen and stopped from outside. */
export interface RunHandleOptions {
  readonly id: string
  readonly alias: string
  readonly dir: string
  readonly journal: Journal
  readonly result: Promise<RunResult>
  readonly listeners: Set<(event: LiveEvent) => void>
  readonly cancel: (reason: string) => Promise<void>
}

export function createRunHandle(options: RunHandleOptions): Run {
  const { id, alias, dir, journal, result, listeners } = options
  let over = false
  const wakers = new Set<() => void>()
  const wakeAll = (): void => {
    for (const wake of wakers) wake()
  }
  journal.onAppend(wakeAll)
  void result
    .catch(() => {})
    .finally(() => {
      over = true
      wakeAll()
    })

  async function* read(): AsyncGenerator<LedgerEvent> {
    let next = 0
    for (;;) {
      while (next < journal.events.length) {
        const event = journal.events[next]
        next += 1
        if (event !== undefined) yield event
      }
      if (over) return
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          wakers.delete(wake)
          resolve()
        }
        wakers.add(wake)
      })
    }
  }

  return {
    id,
    alias,
    dir,
    events: { [Symbol.asyncIterator]: read },
    onLive(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    result,
    cancel: (reason) => options.cancel(reason ?? 'cancelled'),
  }
}
