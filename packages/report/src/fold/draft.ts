import type { AttemptId, EventOf, LaunchId } from '@gump/ledger'

/** Events of one launch, by what they say. */
export interface LaunchDraft {
  readonly launching: EventOf<'agent_launching'>
  launched: EventOf<'agent_launched'> | null
  session: string | null
  readonly turns: EventOf<'turn_completed'>[]
  outcome: EventOf<'agent_completed'> | EventOf<'agent_failed'> | EventOf<'agent_killed'> | null
  readonly guards: EventOf<'guard_triggered'>[]
  parked: EventOf<'agent_parked'> | null
  unparked: boolean
  output: EventOf<'output_collected'> | null
  snapshot: EventOf<'snapshot_created'> | null
}

export interface GateDraft {
  readonly name: string
  started: EventOf<'gate_started'> | null
  result: EventOf<'gate_passed'> | EventOf<'gate_failed'> | EventOf<'gate_skipped'> | null
}

export interface AttemptDraft {
  readonly round: number
  readonly attempt: number
  /** A launch when the ledger does not say how the attempt began. */
  readonly start: EventOf<'step_started'> | EventOf<'group_started'> | EventOf<'agent_launching'>
  readonly launches: LaunchDraft[]
  readonly gates: GateDraft[]
  readonly pauses: { paused: EventOf<'hitl_paused'>; resumed: EventOf<'hitl_resumed'> | null }[]
  retry: EventOf<'retry_triggered'> | null
  completed: EventOf<'step_completed'> | null
  lastMs: number
}

export interface StepDraft {
  readonly path: string
  readonly attempts: AttemptDraft[]
  items: readonly string[] | null
  keys: readonly string[]
  conflicts: number
  merged: boolean
}

export type AttemptStart = AttemptDraft['start']

/** Steps in the order in which they were first mentioned. */
export type Drafts = Map<string, StepDraft>

export function stepDraft(drafts: Drafts, path: string): StepDraft {
  let step = drafts.get(path)
  if (step === undefined) {
    step = { path, attempts: [], items: null, keys: [], conflicts: 0, merged: false }
    drafts.set(path, step)
  }
  return step
}

/** The attempt an event belongs to, or null in a ledger that does not say how it began. */
export function attemptDraft(drafts: Drafts, id: AttemptId): AttemptDraft | null {
  const attempts = drafts.get(id.step)?.attempts
  return attempts?.findLast((a) => a.round === id.round && a.attempt === id.attempt) ?? null
}

export function launchDraft(drafts: Drafts, id: LaunchId): LaunchDraft | null {
  return attemptDraft(drafts, id)?.launches.findLast((l) => l.launching.launch === id.launch) ?? null
}

export function gateDraft(attempt: AttemptDraft, name: string): GateDraft {
  let gate = attempt.gates.find((known) => known.name === name)
  if (gate === undefined) {
    gate = { name, started: null, result: null }
    attempt.gates.push(gate)
  }
  return gate
}
