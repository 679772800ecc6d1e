import type { LedgerEvent } from './events.js'
import type { OwnerState } from './owner.js'

/** What people are told about a run. */
export type DerivedStatus =
  | 'running'
  | 'passed'
  | 'failed'
  | 'paused'
  | 'parked'
  | 'cancelled'
  | 'interrupted'
  | 'unknown'
  /** Its ledger cannot be read; see `ledgerProblem`. */
  | 'unreadable'
  /** Its folder is gone; only git tells that it was there. */
  | 'lost'

/**
 * The status of a run from its ledger and whether somebody owns it: a run without a live owner is never `running`,
 * whatever its last line says.
 */
export function runStatus(events: readonly LedgerEvent[], owner: OwnerState): DerivedStatus {
  const end = lastStop(events)
  if (end !== null) return end
  if (owner === 'unknown') return 'unknown'
  if (owner !== 'alive') return 'interrupted'
  return activity(events)
}

/** How the run ended, unless it was resumed after that. */
function lastStop(events: readonly LedgerEvent[]): 'passed' | 'failed' | 'cancelled' | 'paused' | null {
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const event = events[index]
    if (event?.type === 'run_completed') return event.status
    if (event?.type === 'run_resumed') return null
  }
  return null
}

/** What a live owner is doing: anything in flight is `running`; else it may wait for a provider or a person. */
function activity(events: readonly LedgerEvent[]): 'running' | 'parked' | 'paused' {
  const active = new Set<string>()
  const parked = new Set<string>()
  const paused = new Set<string>()
  for (const event of events) {
    switch (event.type) {
      case 'run_resumed':
        active.clear()
        parked.clear()
        paused.clear()
        break
      case 'agent_launching':
      case 'agent_unparked':
        parked.delete(event.step)
        active.add(event.step)
        break
      case 'agent_completed':
      case 'agent_failed':
      case 'agent_killed':
        active.delete(event.step)
        break
      case 'agent_parked':
        active.delete(event.step)
        parked.add(event.step)
        break
      case 'gate_started':
        active.add(`${event.step} ${event.gate}`)
        break
      case 'gate_passed':
      case 'gate_failed':
      case 'gate_skipped':
        active.delete(`${event.step} ${event.gate}`)
        break
      case 'hitl_paused':
        paused.add(event.step)
        break
      case 'hitl_resumed':
        paused.delete(event.step)
        break
      case 'step_completed':
        parked.delete(event.step)
        paused.delete(event.step)
        active.delete(event.step)
        break
      default:
    }
  }
  if (active.size > 0) return 'running'
  if (paused.size > 0) return 'paused'
  return parked.size > 0 ? 'parked' : 'running'
}
