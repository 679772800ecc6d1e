import type { LedgerEvent, NewEvent } from './events.js'

/** How an append is to be made durable. */
export interface AppendOptions {
  /** On the disk before `append` returns. Default: when one of the events is in `barrierEvents`. */
  readonly barrier?: boolean
}

/** Where a run's events go: one appender per run, on this machine or another. */
export interface LedgerSink {
  /**
   * Writes all events as whole lines, or none of them.
   *
   * @returns the events with their envelopes, as a reader will see them.
   * @throws GumpError `GUMP-L002` when they could not be written; from then on every append throws.
   */
  append(events: readonly NewEvent[], options?: AppendOptions): LedgerEvent[]
  /** Returns when everything appended is on the disk. */
  flush(): void
  /** Flushes and closes; more calls have no effect. */
  close(): void
}
