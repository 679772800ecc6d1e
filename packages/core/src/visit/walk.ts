import type { NewEvent } from '@gump/ledger'
import type { Step } from '@gump/schema'
import type { Effect } from '../effects.js'
import type { Frame } from '../frame.js'
import type { Plan } from '../plan.js'
import type { Cause } from '../retry-plan.js'
import { type Attempt, lastLaunch, type RunState } from '@gump/history'
import type { Found } from './found.js'
import type { PlaceRequest } from './places.js'

/** Visits one step, whatever its kind. */
export type StepVisitor = (walk: Walk, frame: Frame, step: Step, head: string) => Progress

/** One pass over the workflow: what is read, and the effects that come of it. */
export interface Walk {
  readonly plan: Plan
  readonly state: RunState
  readonly effects: Effect[]
  /** What groups of parallel branches ask for; given at the end of the pass. */
  readonly places: PlaceRequest[]
  /** Workspaces of parallel branches that have not ended. */
  readonly inUse: Set<string>
  /** How many groups of parallel branches we are in. */
  readonly depth: number
  /** The tip that each worktree's branch has reached, as far as this pass has walked. */
  readonly tips: Map<string, string>
  /** What earlier passes over the same plan have found in its lists, by the path of the node that they belong to. */
  readonly found: Map<string, Found>
  /** Steps contain steps: the visitors of containers reach those of their content through here. */
  readonly visitStep: StepVisitor
}

/** How far a step, a sequence or a branch has come. */
export type Progress =
  | { readonly at: 'active' }
  /** Nothing can proceed here before a person has answered. */
  | { readonly at: 'blocked' }
  | { readonly at: 'passed'; readonly head: string }
  | {
      readonly at: 'failed'
      readonly step: string
      readonly reason: string
      readonly cause: Cause
      readonly head: string
    }

export const active: Progress = { at: 'active' }
export const blocked: Progress = { at: 'blocked' }

export function passed(head: string): Progress {
  return { at: 'passed', head }
}

/** Asks for an effect and waits for what it brings. */
export function awaiting(walk: Walk, effect: Effect): Progress {
  walk.effects.push(effect)
  return active
}

/** Records a fact that follows from what is known. */
export function recording(walk: Walk, id: string, event: NewEvent): Progress {
  return awaiting(walk, { kind: 'record', id, event })
}

/** The commit an attempt is judged by: its snapshot, or where it began when it made none. */
export function subjectOf(walk: Walk, attempt: Attempt): string {
  return lastLaunch(attempt)?.snapshot?.commit ?? currentTip(walk.state, attempt.workspace, attempt.base)
}

/** Edits of a person that were adopted in a worktree on top of a commit take its place there. */
export function currentTip(state: RunState, workspace: string, commit: string): string {
  const adopted = state.adoptions.get(workspace)?.get(commit)
  return adopted === undefined ? commit : currentTip(state, workspace, adopted)
}
