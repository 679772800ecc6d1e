import type { WorkflowCall } from '@gump/schema'
import type { Frame } from '../frame.js'
import { workflowOf } from '../plan.js'
import { type Attempt, lastAttempt, lastLaunch, nodeAt } from '@gump/history'
import { visitSequence } from './sequence.js'
import type { Progress, Walk } from './walk.js'

/** Runs a workflow that judges or informs and leaves no commit. */
export function visitValidator(
  walk: Walk,
  frame: Frame,
  path: string,
  segment: string,
  call: WorkflowCall,
  attempt: Attempt,
  subject: string,
): Progress {
  return visitSequence(walk, calledFrame(walk, frame, path, segment, call, attempt), subject)
}

/** The surroundings of a workflow called from GET, a gate or a retry condition. */
export function calledFrame(
  walk: Walk,
  frame: Frame,
  path: string,
  segment: string,
  call: WorkflowCall,
  attempt: Attempt,
): Frame {
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
export function answerOf(
  walk: Walk,
  path: readonly string[],
  call: WorkflowCall,
  progress: Progress,
): Answer {
  const steps = workflowOf(walk.plan, call.workflow).steps
  const judge = steps.findLast((step) => step.kind === 'agent' && step.type === 'validate')
  const node = judge === undefined ? null : nodeAt(walk.state.root, [...path, judge.name])
  const attempt = node === null ? null : lastAttempt(node)
  const output = attempt === null ? null : lastLaunch(attempt)?.output
  const first = steps[0] === undefined ? null : lastAttempt(nodeAt(walk.state.root, [...path, steps[0].name]))
  return {
    verdict: progress.at === 'passed' && output?.verdict !== false,
    comments: output?.comments ?? null,
    reason: progress.at === 'failed' ? progress.reason : null,
    durationMs:
      first === null ? 0 : Math.max(0, walk.state.time.lastMs - walk.state.time.awayMs - first.startedMs),
  }
}
