import { attemptKey, initialState, launchKey, reduce, type RunState, timeOf } from '@gump/history'
import type { AttemptId, EventOf, LaunchId, LedgerEvent } from '@gump/ledger'
import type { WaitReport } from '../report.js'
import { TurnsOfRun, type TurnsSeen } from './seen-turns.js'

/** What only displays show of a run: what the turns of a launch did, when an attempt waited, and what was warned of. */
export interface Details {
  turnsOf(id: LaunchId): TurnsSeen
  /** In the order in which they began. */
  waitsOf(id: AttemptId): readonly WaitReport[]
  readonly warnings: readonly EventOf<'warning'>[]
}

/** A run that is read event by event. */
export interface HistoryReader {
  push(event: LedgerEvent): void
  /** The run as it stands, and its details by the identities of its launches. */
  read(): { readonly run: RunState; readonly details: Details }
}

/**
 * Folds a run and its details in one pass.
 *
 * @param mostTurns - as {@link TurnsOfRun}
 */
export function createHistoryReader(mostTurns: number): HistoryReader {
  const turns = new TurnsOfRun(mostTurns)
  const waits = new Map<string, WaitReport[]>()
  const warnings: EventOf<'warning'>[] = []
  let run = initialState
  return {
    push(event) {
      run = reduce(run, event)
      if (event.type === 'warning') warnings.push(event)
      noteWait(waits, event)
      if (event.type === 'turn_completed') turns.add(launchKey(event), event)
    },
    read: () => ({
      run,
      details: {
        turnsOf: (id) => turns.of(launchKey(id)),
        waitsOf: (id) => waits.get(attemptKey(id)) ?? [],
        warnings,
      },
    }),
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
