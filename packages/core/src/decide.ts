import type { NewEvent } from '@gump/ledger'
import type { Effect } from './effects.js'
import type { Frame } from './frame.js'
import { type Plan, workflowOf } from './plan.js'
import { countedMicroUsd, countedTokens, ownedMs, type RunState, runUsage } from '@gump/history'
import { withoutHeld } from './exhausted.js'
import type { Found } from './visit/found.js'
import type { Progress, Walk } from './visit/walk.js'
import { assignPlaces } from './visit/places.js'
import { visitSequence } from './visit/sequence.js'
import { visitStep } from './visit/step.js'

/** Name of the worktree that the run's own branch is checked out in. */
export const runWorkspace = 'run'

/**
 * Everything that should be in progress in a state. Pure, synchronous and total: the same state gives the same
 * effects with the same ids, so the shell can start what is missing and cancel what is gone.
 */
export function decide(plan: Plan, state: RunState): readonly Effect[] {
  if (state.started === null || state.ended !== null) return []
  const walk = newWalk(plan, state, memoryOf(plan))
  if (state.stop === null) {
    const exceeded = exceededLimit(state)
    if (exceeded !== null) return [{ kind: 'record', id: 'run/limit', event: exceeded }]
  }
  const progress = visitSequence(walk, rootFrame(plan), state.started.base_commit)
  const head = walk.tips.get(runWorkspace) ?? state.started.base_commit
  const run = state.workspaces.get(runWorkspace)
  if (state.stop !== null) return [finish(state, stoppedEnd(state), head)]
  if (run === undefined) {
    return [{ kind: 'workspace', id: 'run/workspace', workspace: runWorkspace, slot: null, commit: head }]
  }
  const end = endOf(progress)
  if (end?.status === 'passed' && run.content !== head) {
    // Merges move the branch only; a user who looks into the worktree should find the result of the run.
    return [{ kind: 'restore', id: 'run/restore', workspace: runWorkspace, slot: null, commit: head }]
  }
  if (end !== null) return [finish(state, end, head)]
  return [...withoutHeld(walk.effects), ...assignPlaces(state, walk.places, walk.inUse), ...deadline(state)]
}

const memories = new WeakMap<Plan, Map<string, Found>>()

function memoryOf(plan: Plan): Map<string, Found> {
  const known = memories.get(plan) ?? new Map<string, Found>()
  memories.set(plan, known)
  return known
}

/** @param found - what earlier passes have found; an empty one has everything looked at. */
function newWalk(plan: Plan, state: RunState, found: Map<string, Found>): Walk {
  return {
    plan,
    state,
    effects: [],
    places: [],
    inUse: new Set(),
    depth: 0,
    tips: new Map(),
    found,
    visitStep,
  }
}

/** The commit that the branch of each worktree has reached. */
export function tipsOf(plan: Plan, state: RunState): ReadonlyMap<string, string> {
  const walk = newWalk(plan, state, new Map())
  if (state.started !== null) visitSequence(walk, rootFrame(plan), state.started.base_commit)
  return walk.tips
}

/** The surroundings of a workflow's own steps. */
export function rootFrame(plan: Plan): Frame {
  const workflow = workflowOf(plan, plan.root)
  return {
    path: [],
    workflow: plan.root,
    dialect: workflow.dialect,
    steps: workflow.steps,
    parent: null,
    call: { with: {}, step: null },
    task: null,
    splitPath: null,
    namesOf: null,
    blastRadius: null,
    workspace: runWorkspace,
    parallel: false,
    readOnly: false,
  }
}

interface End {
  readonly status: 'passed' | 'failed' | 'cancelled' | 'paused'
  readonly reason?: string
  readonly step?: string
}

function endOf(progress: Progress): End | null {
  if (progress.at === 'passed') return { status: 'passed' }
  if (progress.at === 'blocked') return { status: 'paused', reason: 'waiting for a person' }
  if (progress.at === 'failed') return { status: 'failed', reason: progress.reason, step: progress.step }
  return null
}

function stoppedEnd(state: RunState): End {
  const { stop } = state
  if (stop === null || stop.why === 'cancel')
    return { status: 'cancelled', reason: stop?.reason ?? 'cancelled' }
  if (stop.why === 'limit') return { status: 'failed', reason: stop.reason }
  return { status: 'failed', reason: stop.reason, step: stop.step }
}

function finish(state: RunState, end: End, head: string): Effect {
  const event: NewEvent = {
    type: 'run_completed',
    ...end,
    usage: runUsage(state),
    duration_ms: ownedMs(state.time),
    commit: head,
  }
  return { kind: 'record', id: 'run/end', event }
}

function exceededLimit(state: RunState): NewEvent | null {
  const { limits, spent } = state
  const { max_budget_usd: budget, max_tokens: tokens, max_timeout_ms: timeout } = limits
  const counted = countedMicroUsd(spent)
  if (budget !== undefined && counted > Math.round(budget * 1e6)) {
    return { type: 'budget_exceeded', limit: 'max_budget', allowed: budget, observed: counted / 1e6 }
  }
  if (tokens !== undefined && countedTokens(spent) > tokens) {
    return { type: 'budget_exceeded', limit: 'max_tokens', allowed: tokens, observed: countedTokens(spent) }
  }
  if (timeout !== undefined && (state.fired.includes('max_timeout') || ownedMs(state.time) > timeout)) {
    return { type: 'budget_exceeded', limit: 'max_timeout', allowed: timeout, observed: ownedMs(state.time) }
  }
  return null
}

/** Wakes the run when its time is up; while a person thinks, it does not run. */
function deadline(state: RunState): readonly Effect[] {
  const limit = state.limits.max_timeout_ms
  if (limit === undefined || state.time.pauses > 0) return []
  const atMs = state.time.sinceMs + limit - state.time.closedMs
  return [
    {
      kind: 'timer',
      id: `run/max_timeout@${atMs}`,
      atMs,
      event: { type: 'timer_fired', timer: 'max_timeout' },
    },
  ]
}
