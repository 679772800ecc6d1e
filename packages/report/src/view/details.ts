import { initialState, launchKey, reduce, type RunState } from '@gump/history'
import type { EventOf, LaunchId, LedgerEvent } from '@gump/ledger'

/** What only displays show of a run: what the turns of a launch did, and what was warned of. */
export interface Details {
  turnsOf(id: LaunchId): readonly EventOf<'turn_completed'>[]
  readonly warnings: readonly EventOf<'warning'>[]
}

/** A run, and its details by the identities of its launches, read in one pass. */
export function readHistory(events: readonly LedgerEvent[]): {
  readonly run: RunState
  readonly details: Details
} {
  const turns = new Map<string, EventOf<'turn_completed'>[]>()
  const warnings: EventOf<'warning'>[] = []
  let run = initialState
  for (const event of events) {
    run = reduce(run, event)
    if (event.type === 'warning') warnings.push(event)
    if (event.type !== 'turn_completed') continue
    const key = launchKey(event)
    const known = turns.get(key)
    if (known === undefined) turns.set(key, [event])
    else known.push(event)
  }
  return { run, details: { turnsOf: (id) => turns.get(launchKey(id)) ?? [], warnings } }
}
