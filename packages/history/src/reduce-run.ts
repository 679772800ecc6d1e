import type { EventBodies, LedgerEvent } from '@gump/ledger'
import { standInFor } from './stand-in.js'
import { revive } from './revive.js'
import { usageOf } from './spent.js'
import type { OwnedTime, RunState, Stop } from './state.js'

/** Events of the run as a whole: start, resume, limits, workspaces, end. */
export function reduceRun(state: RunState, event: LedgerEvent, ms: number): RunState {
  switch (event.type) {
    case 'run_started':
      return {
        ...state,
        runId: event.run_id,
        started: event,
        limits: event.limits,
        options: event.options,
        time: { ...state.time, firstMs: ms, sinceMs: ms },
      }
    case 'run_resumed':
      return resume(state, event, ms)
    case 'replay_started':
      return { ...state, replay: { fromRun: event.from_run, fromStep: event.from_step } }
    case 'history_resumed':
      return { ...state, root: revive(state.root, { retryFailed: event.retry_failed, agent: null }) }
    case 'workspace_assigned':
      return {
        ...state,
        workspaces: {
          ...releasedFrom(state.workspaces, event.slot),
          [event.workspace]: { slot: event.slot, ready: false, released: false, content: null },
        },
      }
    case 'workspace_ready':
      return {
        ...state,
        workspaces: {
          ...state.workspaces,
          [event.workspace]: { slot: event.slot, ready: true, released: false, content: event.commit },
        },
      }
    case 'integrated':
      return release(state, `${event.step}/${event.task}`)
    case 'conflict':
      return release(state, `${event.step}/${event.task}`)
    case 'edits_adopted':
      return adopt(state, event)
    case 'timer_fired':
      return { ...state, fired: [...state.fired, event.timer] }
    case 'budget_exceeded':
      return stopped(state, { why: 'limit', limit: event.limit, reason: limitReason(event) })
    case 'cancel_requested':
      return stopped(state, { why: 'cancel', reason: event.reason })
    case 'circuit_breaker':
      return stopped(state, { why: 'breaker', step: event.step, reason: event.reason })
    case 'hitl_paused':
      return { ...state, time: pauseBegins(state.time, ms) }
    case 'hitl_deferred':
      return { ...state, options: { ...state.options, interactive: false } }
    case 'hitl_resumed':
      return { ...state, time: pauseEnds(state.time, ms) }
    case 'run_completed':
      return { ...state, ended: event, time: { ...state.time, closedMs: ownedMs(state.time), sinceMs: ms } }
    default:
      return state
  }
}

/** Milliseconds the run has been owned up to its last event, human pauses left out. */
export function ownedMs(time: OwnedTime): number {
  const until = time.pauses > 0 ? time.pausedSinceMs : time.lastMs
  return time.closedMs + Math.max(0, until - time.sinceMs)
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

function release(state: RunState, workspace: string): RunState {
  const known = state.workspaces[workspace]
  if (known === undefined) return state
  return { ...state, workspaces: { ...state.workspaces, [workspace]: { ...known, released: true } } }
}

/** A place that is given away belongs to nobody else any more. */
function releasedFrom(workspaces: RunState['workspaces'], slot: number): RunState['workspaces'] {
  return Object.fromEntries(
    Object.entries(workspaces).map(([name, w]) => [name, w.slot === slot ? { ...w, released: true } : w]),
  )
}

function pauseBegins(time: OwnedTime, ms: number): OwnedTime {
  return time.pauses > 0 ? { ...time, pauses: time.pauses + 1 } : { ...time, pauses: 1, pausedSinceMs: ms }
}

function pauseEnds(time: OwnedTime, ms: number): OwnedTime {
  if (time.pauses === 0) return time
  if (time.pauses > 1) return { ...time, pauses: time.pauses - 1 }
  return {
    ...time,
    pauses: 0,
    closedMs: time.closedMs + Math.max(0, time.pausedSinceMs - time.sinceMs),
    sinceMs: ms,
  }
}

/** A person's edits became a commit; its files are already there. */
function adopt(state: RunState, { workspace, from, to }: EventBodies['edits_adopted']): RunState {
  const known = state.workspaces[workspace]
  return {
    ...state,
    adoptions: { ...state.adoptions, [workspace]: { ...state.adoptions[workspace], [from]: to } },
    workspaces:
      known === undefined
        ? state.workspaces
        : { ...state.workspaces, [workspace]: { ...known, content: to } },
  }
}

function resume(state: RunState, event: EventBodies['run_resumed'], ms: number): RunState {
  const override = event.options?.agent_override ?? null
  const agent = override === null ? null : standInFor(state.options, override)
  return {
    ...state,
    limits: { ...state.limits, ...event.limits },
    options: { ...state.options, ...event.options },
    root: revive(state.root, { retryFailed: event.retry_failed, agent }),
    stop: null,
    ended: null,
    fired: [],
    time: {
      ...state.time,
      closedMs: ownedUntilLost(state),
      sinceMs: ms,
      lastMs: ms,
      awayMs: state.time.awayMs + Math.max(0, ms - state.time.previousMs),
    },
  }
}

/** A crash leaves no end; what was owned counts up to the last line before it. */
function ownedUntilLost(state: RunState): number {
  return state.ended === null
    ? state.time.closedMs + Math.max(0, state.time.previousMs - state.time.sinceMs)
    : state.time.closedMs
}

/** What the run has used so far, in the ledger's form. */
export function runUsage(state: RunState): EventBodies['run_completed']['usage'] {
  return usageOf(state.spent)
}
