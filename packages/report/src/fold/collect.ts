import type { EventOf, LedgerEvent } from '@gump/ledger'
import { timeOf } from '../report.js'
import {
  attemptDraft,
  gateDraft,
  launchDraft,
  stepDraft,
  type AttemptDraft,
  type AttemptStart,
  type Drafts,
} from './draft.js'

/** Sorts the events of a ledger by step, attempt and launch. Events of unknown type, or of no known attempt, are left out. */
export function collect(events: readonly LedgerEvent[]): Drafts {
  const drafts: Drafts = new Map()
  for (const event of events) {
    addAttemptEvent(drafts, event)
    addLaunchEvent(drafts, event)
    touch(drafts, event)
  }
  return drafts
}

function addAttemptEvent(drafts: Drafts, event: LedgerEvent): void {
  switch (event.type) {
    case 'step_started':
      begin(drafts, event)
      return
    case 'group_started': {
      stepDraft(drafts, event.step).items = event.items ?? null
      // The tasks of a split are entered after the split itself has passed: that is no attempt of its own.
      if (event.each !== true) begin(drafts, event)
      return
    }
    case 'gate_started': {
      const attempt = attemptDraft(drafts, event)
      if (attempt !== null) gateDraft(attempt, event.gate).started = event
      return
    }
    case 'gate_passed':
    case 'gate_failed':
    case 'gate_skipped': {
      const attempt = attemptDraft(drafts, event)
      if (attempt !== null) gateDraft(attempt, event.gate).result = event
      return
    }
    case 'hitl_paused':
      attemptDraft(drafts, event)?.pauses.push({ paused: event, resumed: null })
      return
    case 'hitl_resumed': {
      const pause = attemptDraft(drafts, event)?.pauses.findLast((p) => p.paused.at === event.at)
      if (pause !== undefined) pause.resumed = event
      return
    }
    case 'retry_triggered': {
      const attempt = attemptDraft(drafts, event)
      if (attempt !== null) attempt.retry = event
      return
    }
    case 'step_completed': {
      const attempt = attemptDraft(drafts, event)
      if (attempt !== null) attempt.completed = event
      return
    }
    case 'state_updated':
      stepDraft(drafts, event.step).keys = event.keys
      return
    case 'conflict':
      stepDraft(drafts, event.step).conflicts += 1
      return
    case 'integrated':
      stepDraft(drafts, event.step).merged = true
      return
    default:
  }
}

function begin(drafts: Drafts, start: AttemptStart): AttemptDraft {
  const attempt: AttemptDraft = {
    round: start.round,
    attempt: start.attempt,
    start,
    launches: [],
    gates: [],
    pauses: [],
    retry: null,
    completed: null,
    lastMs: timeOf(start),
  }
  stepDraft(drafts, start.step).attempts.push(attempt)
  return attempt
}

function addLaunchEvent(drafts: Drafts, event: LedgerEvent): void {
  switch (event.type) {
    case 'agent_launching':
      ;(attemptDraft(drafts, event) ?? begin(drafts, event)).launches.push({
        launching: event,
        launched: null,
        session: event.session_id ?? null,
        turns: [],
        outcome: null,
        guards: [],
        parked: null,
        unparked: false,
        output: null,
        snapshot: null,
      })
      return
    case 'agent_launched':
    case 'session_started':
    case 'turn_completed':
    case 'agent_completed':
    case 'agent_failed':
    case 'agent_killed':
    case 'guard_triggered':
    case 'agent_parked':
    case 'agent_unparked':
    case 'output_collected':
    case 'snapshot_created':
      return fillLaunch(drafts, event)
    default:
  }
}

type LaunchEvent = EventOf<
  | 'agent_launched'
  | 'session_started'
  | 'turn_completed'
  | 'agent_completed'
  | 'agent_failed'
  | 'agent_killed'
  | 'guard_triggered'
  | 'agent_parked'
  | 'agent_unparked'
  | 'output_collected'
  | 'snapshot_created'
>

function fillLaunch(drafts: Drafts, event: LaunchEvent): void {
  // What a person has edited is shown where the agent's own work was.
  const edited = event.type === 'snapshot_created' && event.by === 'person'
  const launch = edited ? attemptDraft(drafts, event)?.launches.at(-1) : launchDraft(drafts, event)
  if (launch === null || launch === undefined) return
  switch (event.type) {
    case 'agent_launched':
      launch.launched = event
      return
    case 'session_started':
      launch.session = event.session_id
      return
    case 'turn_completed':
      launch.turns.push(event)
      return
    case 'agent_completed':
    case 'agent_failed':
    case 'agent_killed':
      launch.outcome = event
      return
    case 'guard_triggered':
      launch.guards.push(event)
      return
    case 'agent_parked':
      launch.parked = event
      return
    case 'agent_unparked':
      launch.unparked = true
      return
    case 'output_collected':
      launch.output = event
      return
    case 'snapshot_created':
      launch.snapshot = event
  }
}

/** An attempt lasts until the last thing that is known about it. */
function touch(drafts: Drafts, event: LedgerEvent): void {
  if (!('attempt' in event) || event.type === 'group_started') return
  const attempt = attemptDraft(drafts, event)
  if (attempt !== null) attempt.lastMs = timeOf(event)
}
