import type { AgentStep, GateStep, GroupStep, Step, WorkflowStep } from '@gump/schema'
import type { AttemptId } from '@gump/ledger'
import { type Attempt, attemptKey, type Node, nodeAt, segments } from '@gump/history'
import { type Frame, pathOf } from '../frame.js'
import type { Walk } from './walk.js'

/** Where a pass stands: at a step, in its surroundings, at the commit that the step before it left. */
export interface Cursor<S extends Step = Step> {
  readonly walk: Walk
  readonly frame: Frame
  readonly step: S
  readonly path: string
  readonly node: Node
  readonly head: string
}

/** Where a pass stands in the current attempt of a step. */
export interface AttemptCursor<S extends Step = Step> extends Cursor<S> {
  readonly attempt: Attempt
}

/** Steps are tried, judged and tried again, whatever their kind. */
export type TriedStep = AgentStep | GateStep | GroupStep | WorkflowStep

/** The place of a step in a pass. */
export function cursorAt<S extends Step>(walk: Walk, frame: Frame, step: S, head: string): Cursor<S> {
  const path = pathOf(frame, step.name)
  return { walk, frame, step, path, node: nodeAt(walk.state.root, segments(path)), head }
}

/** The identity of the current attempt. */
export function idOf({ path, attempt }: AttemptCursor): AttemptId {
  return { step: path, round: attempt.round, attempt: attempt.attempt }
}

/** The id of an effect of the current attempt: `tdd/red@1.2/complete`. */
export function effectId(cursor: AttemptCursor, what: string): string {
  return `${attemptKey(idOf(cursor))}/${what}`
}
