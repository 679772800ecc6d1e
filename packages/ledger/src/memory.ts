import { GumpError } from '@gump/errors'
import type { LedgerEvent } from './events.js'
import { seal } from './line.js'
import type { LedgerSink } from './sink.js'

/** A ledger that lives in memory: for tests, replays and dry computations. */
export interface MemoryLedger extends LedgerSink {
  /** Everything appended so far; grows. */
  readonly events: readonly LedgerEvent[]
}

/** @param options - `clock.now` is epoch milliseconds. */
export function createMemoryLedger(options: {
  readonly runId: string
  readonly clock: { now(): number }
}): MemoryLedger {
  const events: LedgerEvent[] = []
  let closed = false
  return {
    events,
    append(batch) {
      if (closed) throw new GumpError('GUMP-L002', 'the ledger is closed')
      const ts = new Date(options.clock.now()).toISOString()
      const sealed = batch.map((event, index) =>
        seal(event, { v: 1, seq: events.length + index + 1, ts, run_id: options.runId }),
      )
      events.push(...sealed)
      return sealed
    },
    flush() {},
    close() {
      closed = true
    },
  }
}
