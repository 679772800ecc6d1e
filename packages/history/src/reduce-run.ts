import type { EventBodies, EventOf } from '@gump/ledger'
import { begins, ends, pauseBegins, pauseEnds, resumes } from './owned-time.js'
import { PersistentMap } from './persistent-map.js'
import type { Moment } from './moment.js'
import { revive } from './revive.js'
import { type Spent, usageOf } from './spent.js'
import { standInFor } from './stand-in.js'
import type { RunState, Stop, WorkspaceState } from './state.js'

/** The run begins: what it agreed to. */
export function startRun(state: RunState, event: EventOf<'run_started'>, { at }: Moment): RunState {
  return {
    ...state,
    runId: event.run_id,
    started: event,
    limits: event.limits,
    options: event.options,
    time: begins(state.time, at),
  }
}

/** The run is taken up again: launches in flight are lost, and what stopped it is over. */
export function resumeRun(state: RunState, event: EventOf<'run_resumed'>, { at }: Moment): RunState {
  const override = event.options?.agent_override ?? null
  const agent = override === null ? null : standInFor(state.options, override)
  return {
    ...state,
    limits: { ...state.limits, ...event.limits },
    options: { ...state.options, ...event.options },
    root: revive(state.root, { retryFailed: event.retry_failed, agent }),
    stop: null,
    ended: null,
    endedAt: null,
    fired: [],
    processes: PersistentMap.empty(),
    time: resumes(state.time, { ms: at, seq: event.seq, hadEnded: state.ended !== null }),
  }
}

/** The run ends, until it is taken up again. */
export function endRun(state: RunState, event: EventOf<'run_completed'>, { at }: Moment): RunState {
  return { ...state, ended: event, endedAt: at, time: ends(state.time, at) }
}

/** In a history that was taken over: what had failed is entered again. */
export function resumeHistory(state: RunState, event: EventOf<'history_resumed'>): RunState {
  return { ...state, root: revive(state.root, { retryFailed: event.retry_failed, agent: null }) }
}

/** A limit of the run is exceeded. */
export function exceed(state: RunState, event: EventOf<'budget_exceeded'>): RunState {
  const stop: Stop = { why: 'limit', limit: event.limit, reason: limitReason(event) }
  return { ...stopped(state, stop), exceeded: event }
}

/** Something that no retry cures. */
export function breakCircuit(state: RunState, event: EventOf<'circuit_breaker'>): RunState {
  return { ...stopped(state, { why: 'breaker', step: event.step, reason: event.reason }), broke: event }
}

/** Asked to stop. */
export function cancel(state: RunState, { reason }: EventOf<'cancel_requested'>): RunState {
  return stopped(state, { why: 'cancel', reason })
}

function limitReason(event: EventBodies['budget_exceeded']): string {
  const { limit, allowed, observed } = event
  if (limit === 'max_budget') return `max_budget of $${allowed} exceeded: $${observed} spent`
  if (limit === 'max_tokens') return `max_tokens of ${allowed} exceeded: ${observed} used`
  return `max_timeout of ${Math.round(allowed / 1000)}s exceeded`
}

/** The first reason stands. */
function stopped(state: RunState, stop: Stop): RunState {
  return state.stop === null ? { ...state, stop } : state
}

/** A place of the pool is given away, and belongs to nobody else any more. */
export function assignWorkspace(state: RunState, event: EventOf<'workspace_assigned'>): RunState {
  const { workspace, slot } = event
  const before = state.slots.get(String(slot))
  const freed = before === undefined ? state : changeWorkspace(state, before, { released: true })
  return {
    ...freed,
    slots: freed.slots.set(String(slot), workspace),
    workspaces: freed.workspaces.set(workspace, { slot, ready: false, released: false, content: null }),
  }
}

/** A worktree stands. */
export function readyWorkspace(state: RunState, event: EventOf<'workspace_ready'>): RunState {
  const { workspace, slot, commit } = event
  const ready: WorkspaceState = { slot, ready: true, released: false, content: commit }
  return {
    ...state,
    workspaces: state.workspaces.set(workspace, ready),
    slots: slot === null ? state.slots : state.slots.set(String(slot), workspace),
  }
}

/** Notes something about a worktree that is known. */
export function changeWorkspace(
  state: RunState,
  workspace: string,
  change: Partial<WorkspaceState>,
): RunState {
  const known = state.workspaces.get(workspace)
  if (known === undefined) return state
  return { ...state, workspaces: state.workspaces.set(workspace, { ...known, ...change }) }
}

/** A person's edits became a commit; its files are already there. */
export function adopt(state: RunState, { workspace, from, to }: EventOf<'edits_adopted'>): RunState {
  const known = state.adoptions.get(workspace) ?? PersistentMap.empty<string>()
  const adopted = { ...state, adoptions: state.adoptions.set(workspace, known.set(from, to)) }
  return changeWorkspace(adopted, workspace, { content: to })
}

/** The clock of the run stands while a person is asked. */
export function holdTime(state: RunState, { at }: Moment): RunState {
  return { ...state, time: pauseBegins(state.time, at) }
}

/** The clock of the run advances. */
export function releaseTime(state: RunState, { at }: Moment): RunState {
  return { ...state, time: pauseEnds(state.time, at) }
}

/** What the run has used so far, in the ledger's form. */
export function runUsage({ spent }: { readonly spent: Spent }): EventBodies['run_completed']['usage'] {
  return usageOf(spent)
}
