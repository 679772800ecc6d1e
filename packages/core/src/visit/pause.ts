import type { AgentStep, GateStep, GroupStep, WorkflowStep } from '@gump/schema'
import type { EditsEffect } from '../effects.js'
import type { Frame } from '../frame.js'
import { type Attempt, lastLaunch } from '@gump/history'
import { gateVerdict, runVerdict } from '../verdict.js'
import { awaiting, blocked, type Progress, recording, type Walk } from './walk.js'

type PausedStep = AgentStep | GateStep | GroupStep | WorkflowStep

/**
 * Waits for a person where the workflow or the command line says so, and takes in what they changed meanwhile; null when
 * nobody has to be asked any more. `subject` is what they look at.
 */
export function visitPause(
  walk: Walk,
  frame: Frame,
  step: PausedStep,
  path: string,
  attempt: Attempt,
  at: 'before_gate' | 'after_gate',
  subject: string,
): Progress | null {
  if (!isAsked(walk, step, path, at) || hasFailed(step, attempt, at)) return null
  const pause = attempt.pauses[at]
  const id = { step: path, round: attempt.round, attempt: attempt.attempt }
  const name = `${path}@${attempt.round}.${attempt.attempt}/${at}`
  if (pause === undefined) {
    const workspace = walk.state.workspaces.get(attempt.workspace)
    if (workspace?.content === subject)
      return recording(walk, `${name}/pause`, { type: 'hitl_paused', ...id, at })
    // What gates have left is not what a person should see, and must not be taken for their edits.
    return awaiting(walk, {
      kind: 'restore',
      id: `${name}/restore`,
      workspace: attempt.workspace,
      slot: workspace?.slot ?? null,
      commit: subject,
    })
  }
  if (pause.decision !== null) {
    return pause.settled ? null : awaiting(walk, editsEffect(frame, step, path, attempt, at, subject))
  }
  if (!walk.state.options.interactive) return blocked
  return awaiting(walk, {
    kind: 'ask',
    id: `${name}/ask`,
    step,
    frame,
    path,
    workspace: attempt.workspace,
    round: attempt.round,
    attempt: attempt.attempt,
    at,
    base: attempt.base,
    commit: lastLaunch(attempt)?.snapshot?.commit ?? null,
  })
}

function editsEffect(
  frame: Frame,
  step: PausedStep,
  path: string,
  attempt: Attempt,
  at: 'before_gate' | 'after_gate',
  subject: string,
): EditsEffect {
  const isCode = step.kind === 'agent' && step.worktree === 'read-write'
  return {
    kind: 'edits',
    id: `${path}@${attempt.round}.${attempt.attempt}/${at}/edits`,
    path,
    workspace: attempt.workspace,
    round: attempt.round,
    attempt: attempt.attempt,
    at,
    base: attempt.base,
    subject,
    into: frame.readOnly ? 'undo' : isCode ? 'snapshot' : 'adopt',
    launch: (lastLaunch(attempt)?.n ?? 0) + 1,
    task: attempt.task,
  }
}

function isAsked(walk: Walk, step: PausedStep, path: string, at: 'before_gate' | 'after_gate'): boolean {
  if ('hitl' in step && step.hitl === at) return true
  return (
    at === 'after_gate' &&
    walk.state.options.pause_after.some((name) => path === name || path.endsWith(`/${name}`))
  )
}

/** What has failed is retried, not shown. */
function hasFailed(step: PausedStep, attempt: Attempt, at: 'before_gate' | 'after_gate'): boolean {
  const launch = lastLaunch(attempt)
  if (step.kind === 'agent' && launch !== null && runVerdict(step, launch) !== null) return true
  return at === 'after_gate' && gateVerdict(attempt).at === 'fail'
}
