import type { GateStep } from '@gump/schema'
import { type Frame, pathOf } from '../frame.js'
import { lastAttempt, nodeAt, segments } from '@gump/history'
import { gateVerdict, humanVerdict } from '../verdict.js'
import { visitGates } from './gates.js'
import { visitPause } from './pause.js'
import { visitRetry } from './retry.js'
import { awaiting, passed, type Progress, recording, subjectOf, type Walk } from './walk.js'

/** Gates on the tree as it stands; a retry runs them again. */
export function visitGateStep(walk: Walk, frame: Frame, step: GateStep, head: string): Progress {
  const path = pathOf(frame, step.name)
  const node = nodeAt(walk.state.root, segments(path))
  if (node.completed !== null) {
    if (node.completed.status === 'pass') return passed(node.completed.commit)
    return { at: 'failed', step: path, reason: node.completed.reason ?? 'failed', cause: 'gate', head }
  }
  const attempt = lastAttempt(node)
  if (attempt === null || attempt.retry !== null) {
    return recording(walk, `${path}@${node.round}.${(attempt?.attempt ?? 0) + 1}/start`, {
      type: 'step_started',
      step: path,
      round: node.round,
      attempt: (attempt?.attempt ?? 0) + 1,
      kind: 'gate',
      max_attempts: step.retry?.exit ?? 1,
      base_commit: head,
      workspace: frame.workspace,
    })
  }
  const subject = subjectOf(walk, attempt)
  const judged =
    visitPause(walk, frame, step, path, attempt, 'before_gate', subject) ??
    visitGates(walk, frame, step, path, attempt, subject) ??
    visitPause(walk, frame, step, path, attempt, 'after_gate', subject)
  if (judged !== null) return judged
  const verdict = humanVerdict(attempt) ?? gateVerdict(attempt)
  if (verdict.at === 'fail') {
    const retry = visitRetry(walk, frame, step, path, attempt, verdict)
    if (retry !== null) return retry
  }
  return awaiting(walk, {
    kind: 'complete',
    id: `${path}@${attempt.round}.${attempt.attempt}/complete`,
    path,
    workspace: attempt.workspace,
    stepKind: 'gate',
    round: attempt.round,
    attempt: attempt.attempt,
    status: verdict.at === 'pass' ? 'pass' : 'fatal',
    cause: verdict.at === 'fail' ? verdict.cause : null,
    reason: verdict.at === 'fail' ? verdict.reason : null,
    base: attempt.base,
    promote: null,
    commit: attempt.base,
    restore: subject,
    agent: null,
    task: attempt.task,
  })
}
