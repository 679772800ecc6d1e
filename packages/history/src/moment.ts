import type { LedgerEvent } from '@gump/ledger'
import type { RunState } from './state.js'

/** When an event happened, in epoch milliseconds: `at` by the clock, `ms` without the time between sessions before it. */
export interface Moment {
  readonly at: number
  readonly ms: number
}

/** Reads the time of a line. */
export function timeOf(event: LedgerEvent): number {
  return Date.parse(event.ts)
}

/** When an event happened in a run. */
export function momentOf(state: RunState, event: LedgerEvent): Moment {
  const at = timeOf(event)
  return { at, ms: at - state.time.awayMs }
}
