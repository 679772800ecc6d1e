import type { WorkflowCall } from '@gump/schema'
import { lastAttempt, lastLaunch, nodeAt } from '@gump/history'
import type { Frame } from '../frame.js'
import { workflowOf } from '../plan.js'
import type { AttemptCursor } from './cursor.js'
import { visitSequence } from './sequence.js'
import type { Progress } from './walk.js'

/** A workflow that an attempt calls, the path segment it stands at, and the commit it looks at. */
export interface Called {
  readonly call: WorkflowCall
  readonly segment: string
  readonly subject: string
}

/** Runs a workflow that judges or informs and leaves no commit. */
export function visitValidator(cursor: AttemptCursor, called: Called): Progress {
  return visitSequence(cursor.walk, calledFrame(cursor, called), called.subject)
}

/** The surroundings of a workflow called from GET, a gate or a retry condition. */
function calledFrame({ walk, frame, path, attempt }: AttemptCursor, { call, segment }: Called): Frame {
  const workflow = workflowOf(walk.plan, call.workflow)
  return {
    path: [...path.split('/'), segment],
    workflow: call.workflow,
    dialect: workflow.dialect,
    steps: workflow.steps,
    parent: frame,
    call: { with: call.with, step: path },
    task: null,
    splitPath: null,
    namesOf: null,
    blastRadius: null,
    workspace: attempt.workspace,
    parallel: false,
    readOnly: true,
  }
}

/** What a validator workflow answered. */
export interface Answer {
  readonly verdict: boolean
  readonly comments: string | null
  readonly reason: string | null
  readonly durationMs: number
}

/** The verdict of a finished workflow is that of its last top-level validate step; without one, whether it passed. */
export function answerOf(cursor: AttemptCursor, { call, segment }: Called, progress: Progress): Answer {
  const { walk, path } = cursor
  const { root, time } = walk.state
  const below = [...path.split('/'), segment]
  const steps = workflowOf(walk.plan, call.workflow).steps
  const judge = steps.findLast((step) => step.kind === 'agent' && step.type === 'validate')
  const node = judge === undefined ? null : nodeAt(root, [...below, judge.name])
  const attempt = node === null ? null : lastAttempt(node)
  const output = attempt === null ? null : lastLaunch(attempt)?.output
  const first = steps[0] === undefined ? null : lastAttempt(nodeAt(root, [...below, steps[0].name]))
  return {
    verdict: progress.at === 'passed' && output?.verdict !== false,
    comments: output?.comments ?? null,
    reason: progress.at === 'failed' ? progress.reason : null,
    durationMs: first === null ? 0 : Math.max(0, time.lastMs - time.awayMs - first.startedMs),
  }
}
