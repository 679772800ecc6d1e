import { gateVerdict, runVerdict } from '../verdict.js'
import { type Attempt, lastLaunch } from '@gump/history'
import type { EditsEffect } from '../effects.js'
import { type AttemptCursor, effectId, idOf, type TriedStep } from './cursor.js'
import { awaiting, blocked, type Progress, recording, type Walk } from './walk.js'

type Pausing = EditsEffect['at']

/**
 * Waits for a person where the workflow or the command line says so, and takes in what they changed meanwhile; null when
 * nobody has to be asked any more. `subject` is what they look at.
 */
export function visitPause(cursor: AttemptCursor<TriedStep>, at: Pausing, subject: string): Progress | null {
  const { walk, frame, step, path, attempt } = cursor
  if (!isAsked(walk, step, path, at) || hasFailed(step, attempt, at)) return null
  const pause = attempt.pauses[at]
  if (pause === undefined) {
    const workspace = walk.state.workspaces.get(attempt.workspace)
    if (workspace?.content === subject)
      return recording(walk, effectId(cursor, `${at}/pause`), { type: 'hitl_paused', ...idOf(cursor), at })
    // What gates have left is not what a person should see, and must not be taken for their edits.
    return awaiting(walk, {
      kind: 'restore',
      id: effectId(cursor, `${at}/restore`),
      workspace: attempt.workspace,
      slot: workspace?.slot ?? null,
      commit: subject,
    })
  }
  if (pause.decision !== null) {
    return pause.settled ? null : awaiting(walk, editsEffect(cursor, at, subject))
  }
  if (!walk.state.options.interactive) return blocked
  return awaiting(walk, {
    kind: 'ask',
    id: effectId(cursor, `${at}/ask`),
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

function editsEffect(cursor: AttemptCursor<TriedStep>, at: Pausing, subject: string): EditsEffect {
  const { frame, step, path, attempt } = cursor
  const isCode = step.kind === 'agent' && step.worktree === 'read-write'
  return {
    kind: 'edits',
    id: effectId(cursor, `${at}/edits`),
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

function isAsked(walk: Walk, step: TriedStep, path: string, at: Pausing): boolean {
  if ('hitl' in step && step.hitl === at) return true
  return (
    at === 'after_gate' &&
    walk.state.options.pause_after.some((name) => path === name || path.endsWith(`/${name}`))
  )
}

/** What has failed is retried, not shown. */
function hasFailed(step: TriedStep, attempt: Attempt, at: Pausing): boolean {
  const launch = lastLaunch(attempt)
  if (step.kind === 'agent' && launch !== null && runVerdict(step, launch) !== null) return true
  return at === 'after_gate' && gateVerdict(attempt).at === 'fail'
}
