import type { GateStep } from '@gump/schema'
import { gateVerdict, humanVerdict } from '../verdict.js'
import { failedStep, type Trial, visitAttempts } from './attempts.js'
import type { Cursor } from './cursor.js'
import { passed, type Progress, subjectOf } from './walk.js'

/** Gates on the tree as it stands; a retry runs them again. */
export function visitGateStep(cursor: Cursor<GateStep>): Progress {
  const { completed } = cursor.node
  if (completed === null) return visitAttempts(cursor, trial)
  return completed.status === 'pass' ? passed(completed.commit) : failedStep(cursor, 'gate')
}

const trial: Trial<GateStep> = {
  open: ({ step, path, node, head, frame }, n) => ({
    type: 'step_started',
    step: path,
    round: node.round,
    attempt: n,
    kind: 'gate',
    max_attempts: step.retry?.exit ?? 1,
    base_commit: head,
    workspace: frame.workspace,
  }),
  work: ({ walk, attempt }) => ({ subject: subjectOf(walk, attempt), failure: null }),
  judge: ({ attempt }) => humanVerdict(attempt) ?? gateVerdict(attempt),
  end: ({ attempt }, { subject }) => ({
    workspace: attempt.workspace,
    promote: null,
    commit: attempt.base,
    restore: subject,
    agent: null,
  }),
}
