import type { AgentStep } from '@gump/schema'
import { agentOf } from '../agent-choice.js'
import { contentBefore } from '../content.js'
import { type Frame, pathOf, taskOf } from '../frame.js'
import { sessionFor } from '../session-choice.js'
import { type Attempt, lastAttempt, lastLaunch, type Node, nodeAt, segments } from '@gump/history'
import { verdictOf } from '../verdict.js'
import { visitEach } from './each.js'
import { visitGates } from './gates.js'
import { visitGetWorkflow } from './get-workflow.js'
import { visitLaunch } from './launch.js'
import { visitPause } from './pause.js'
import { visitRetry } from './retry.js'
import { awaiting, currentTip, passed, type Progress, recording, subjectOf, type Walk } from './walk.js'

/** GET, RUN, collect, GATE, and again while retry allows; then the tasks of a split. */
export function visitAgentStep(walk: Walk, frame: Frame, step: AgentStep, head: string): Progress {
  const path = pathOf(frame, step.name)
  const node = nodeAt(walk.state.root, segments(path))
  if (node.completed === null) return visitAttempts(walk, frame, step, path, node, head)
  if (node.completed.status !== 'pass') {
    const verdict = lastAttempt(node)
    const failure = verdict === null ? null : verdictOf(step, verdict)
    const cause = failure !== null && failure.at === 'fail' ? failure.cause : 'agent'
    return { at: 'failed', step: path, reason: node.completed.reason ?? 'failed', cause, head }
  }
  return step.each === undefined ? passed(node.completed.commit) : visitEach(walk, frame, step, path, node)
}

function visitAttempts(
  walk: Walk,
  frame: Frame,
  step: AgentStep,
  path: string,
  node: Node,
  head: string,
): Progress {
  const attempt = lastAttempt(node)
  if (attempt === null || attempt.retry !== null) return start(walk, frame, step, path, node, head)
  const run =
    visitGetWorkflow(walk, frame, step, path, attempt) ?? visitLaunch(walk, frame, step, path, node, attempt)
  if (run !== null) return run
  const subject = subjectOf(walk, attempt)
  const judged =
    visitPause(walk, frame, step, path, attempt, 'before_gate', subject) ??
    visitGates(walk, frame, step, path, attempt, subject) ??
    visitPause(walk, frame, step, path, attempt, 'after_gate', subject)
  if (judged !== null) return judged
  return conclude(walk, frame, step, path, attempt)
}

/** Opens the first attempt, or the one that a retry has announced. */
function start(walk: Walk, frame: Frame, step: AgentStep, path: string, node: Node, head: string): Progress {
  const previous = lastAttempt(node)
  const n = (previous?.attempt ?? 0) + 1
  const agent = previous?.retry?.agent ?? agentOf(walk, frame, step, step.agent)
  const task = taskOf(frame)
  const restarts = previous?.retry?.restart_from !== undefined
  const id = { step: path, round: node.round, attempt: n }
  return recording(walk, `${path}@${node.round}.${n}/start`, {
    type: 'step_started',
    ...id,
    kind: 'agent',
    step_type: step.type,
    agent,
    ...(task === null ? {} : { task: task.slug }),
    max_attempts: step.retry?.exit ?? 1,
    session_mode: sessionFor(walk, frame, step, path, node, agent).mode,
    base_commit: previous === null || restarts ? head : previous.base,
    workspace: frame.workspace,
  })
}

function conclude(walk: Walk, frame: Frame, step: AgentStep, path: string, attempt: Attempt): Progress {
  const verdict = verdictOf(step, attempt)
  if (verdict.at === 'fail') {
    const retry = visitRetry(walk, frame, step, path, attempt, verdict)
    if (retry !== null) return retry
  }
  const snapshot = lastLaunch(attempt)?.snapshot?.commit ?? null
  const ok = verdict.at === 'pass'
  const before = currentTip(walk.state, attempt.workspace, contentBefore(walk.state, path, attempt))
  const guarded = verdict.at === 'fail' && verdict.cause === 'guard'
  return awaiting(walk, {
    kind: 'complete',
    id: `${path}@${attempt.round}.${attempt.attempt}/complete`,
    path,
    workspace: attempt.workspace,
    stepKind: 'agent',
    round: attempt.round,
    attempt: attempt.attempt,
    status: ok ? 'pass' : 'fatal',
    cause: verdict.at === 'fail' ? verdict.cause : null,
    reason: verdict.at === 'fail' ? verdict.reason : null,
    base: attempt.base,
    promote: ok && !frame.readOnly ? snapshot : null,
    commit: attempt.base,
    restore: frame.readOnly || step.worktree === 'none' ? null : guarded ? before : (snapshot ?? before),
    agent: attempt.agent,
    task: attempt.task,
  })
}
