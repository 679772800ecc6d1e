import { attemptKey, initialState, launchKey, reduce, type RunState, timeOf } from '@gump/history'
import type { AttemptId, EventOf, LaunchId, LedgerEvent } from '@gump/ledger'
import type { WaitReport } from '../report.js'

/** What only displays show of a run: what the turns of a launch did, when an attempt waited, and what was warned of. */
export interface Details {
  turnsOf(id: LaunchId): readonly EventOf<'turn_completed'>[]
  /** In the order in which they began. */
  waitsOf(id: AttemptId): readonly WaitReport[]
  readonly warnings: readonly EventOf<'warning'>[]
}

/** A run, and its details by the identities of its launches, read in one pass. */
export function readHistory(events: readonly LedgerEvent[]): {
  readonly run: RunState
  readonly details: Details
} {
  const turns = new Map<string, EventOf<'turn_completed'>[]>()
  const waits = new Map<string, WaitReport[]>()
  const warnings: EventOf<'warning'>[] = []
  let run = initialState
  for (const event of events) {
    run = reduce(run, event)
    if (event.type === 'warning') warnings.push(event)
    noteWait(waits, event)
    if (event.type !== 'turn_completed') continue
    const key = launchKey(event)
    const known = turns.get(key)
    if (known === undefined) turns.set(key, [event])
    else known.push(event)
  }
  return {
    run,
    details: {
      turnsOf: (id) => turns.get(launchKey(id)) ?? [],
      waitsOf: (id) => waits.get(attemptKey(id)) ?? [],
      warnings,
    },
  }
}

/** An attempt waits for a person who is asked, or for a provider whose limit is reached. */
function noteWait(waits: Map<string, WaitReport[]>, event: LedgerEvent): void {
  const kind = kindOfWait(event)
  if (kind === null || !('attempt' in event)) return
  const key = attemptKey(event)
  const known = waits.get(key) ?? []
  const at = timeOf(event)
  const begins = event.type === 'hitl_paused' || event.type === 'agent_parked'
  waits.set(
    key,
    begins
      ? [...known, { for: kind, startedAt: at, endedAt: null }]
      : known.map((wait) => (wait.for === kind && wait.endedAt === null ? { ...wait, endedAt: at } : wait)),
  )
}

function kindOfWait({ type }: LedgerEvent): WaitReport['for'] | null {
  if (type === 'hitl_paused' || type === 'hitl_resumed') return 'person'
  return type === 'agent_parked' || type === 'agent_unparked' ? 'provider' : null
}
