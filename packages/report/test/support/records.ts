import { recordOf, type RunRecord } from '@gump/advice'
import { initialState, reduce } from '@gump/history'
import type { LedgerEvent } from '@gump/ledger'

/** What advice sees of a ledger; `n` sets apart runs that are recorded from the same events. */
export function recordFrom(events: readonly LedgerEvent[], n = 0): RunRecord {
  const record = recordOf(events.reduce(reduce, initialState))
  return { ...record, id: `${record.id}-${n}`, at: record.at + n }
}
