import type { AgentStep } from '@gump/schema'
import type { NewEvent } from '@gump/ledger'
import { type Attempt, lastAttempt, lastLaunch } from '@gump/history'
import { agentOf } from '../agent-choice.js'
import { contentBefore } from '../content.js'
import { taskOf } from '../frame.js'
import { sessionFor } from '../session-choice.js'
import { type Verdict, verdictOf } from '../verdict.js'
import { type Ending, failedStep, type Trial, visitAttempts, type Work } from './attempts.js'
import type { AttemptCursor, Cursor } from './cursor.js'
import { visitEach } from './each.js'
import { visitGetWorkflow } from './get-workflow.js'
import { visitLaunch } from './launch.js'
import { currentTip, passed, type Progress, subjectOf } from './walk.js'

/** GET, RUN, collect, GATE, and again while retry allows; then the tasks of a split. */
export function visitAgentStep(cursor: Cursor<AgentStep>): Progress {
  const { node, step } = cursor
  if (node.completed === null) return visitAttempts(cursor, trial)
  if (node.completed.status !== 'pass') {
    const last = lastAttempt(node)
    const failure = last === null ? null : verdictOf(step, last)
    return failedStep(cursor, failure !== null && failure.at === 'fail' ? failure.cause : 'agent')
  }
  return step.each === undefined ? passed(node.completed.commit) : visitEach(cursor)
}

const trial: Trial<AgentStep> = { open, work, judge: ({ step, attempt }) => verdictOf(step, attempt), end }

/** Opens the first attempt, or the one that a retry has announced. */
function open(cursor: Cursor<AgentStep>, n: number, previous: Attempt | null): NewEvent {
  const { walk, frame, step, path, node, head } = cursor
  const agent = previous?.retry?.agent ?? agentOf(walk, frame, step, step.agent)
  const task = taskOf(frame)
  const restarts = previous?.retry?.restart_from !== undefined
  return {
    type: 'step_started',
    step: path,
    round: node.round,
    attempt: n,
    kind: 'agent',
    step_type: step.type,
    agent,
    ...(task === null ? {} : { task: task.slug }),
    max_attempts: step.retry?.exit ?? 1,
    session_mode: sessionFor(cursor, agent).mode,
    base_commit: previous === null || restarts ? head : previous.base,
    workspace: frame.workspace,
  }
}

function work(cursor: AttemptCursor<AgentStep>): Work | Progress {
  const run = visitGetWorkflow(cursor) ?? visitLaunch(cursor)
  return run ?? { subject: subjectOf(cursor.walk, cursor.attempt), failure: null }
}

function end(cursor: AttemptCursor<AgentStep>, _work: Work, verdict: Verdict): Ending {
  const { walk, frame, step, path, attempt } = cursor
  const snapshot = lastLaunch(attempt)?.snapshot?.commit ?? null
  const before = currentTip(walk.state, attempt.workspace, contentBefore(walk.state, path, attempt))
  const guarded = verdict.at === 'fail' && verdict.cause === 'guard'
  return {
    workspace: attempt.workspace,
    promote: verdict.at === 'pass' && !frame.readOnly ? snapshot : null,
    commit: attempt.base,
    restore: frame.readOnly || step.worktree === 'none' ? null : guarded ? before : (snapshot ?? before),
    agent: attempt.agent,
  }
}
