import type { AgentStep, GateStep } from '@gump/schema'
import type { Frame } from '../frame.js'
import type { Attempt } from '../state.js'
import { lastLaunch } from '../tree.js'
import { gateVerdict, runVerdict } from '../verdict.js'
import { awaiting, blocked, type Progress, recording, type Walk } from './walk.js'

/** Waits for a person where the workflow or the command line says so; null when nobody has to be asked. */
export function visitPause(
  walk: Walk,
  frame: Frame,
  step: AgentStep | GateStep,
  path: string,
  attempt: Attempt,
  at: 'before_gate' | 'after_gate',
): Progress | null {
  if (!isAsked(walk, step, path, at) || hasFailed(step, attempt, at)) return null
  const pause = attempt.pauses[at]
  const id = { step: path, round: attempt.round, attempt: attempt.attempt }
  const name = `${path}@${attempt.round}.${attempt.attempt}/${at}`
  if (pause === undefined) return recording(walk, `${name}/pause`, { type: 'hitl_paused', ...id, at })
  if (pause.decision !== null) return null
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

function isAsked(
  walk: Walk,
  step: AgentStep | GateStep,
  path: string,
  at: 'before_gate' | 'after_gate',
): boolean {
  if (step.hitl === at) return true
  return (
    at === 'after_gate' &&
    walk.state.options.pause_after.some((name) => path === name || path.endsWith(`/${name}`))
  )
}

/** What has failed is retried, not shown. */
function hasFailed(step: AgentStep | GateStep, attempt: Attempt, at: 'before_gate' | 'after_gate'): boolean {
  const launch = lastLaunch(attempt)
  if (step.kind === 'agent' && launch !== null && runVerdict(step, launch) !== null) return true
  return at === 'after_gate' && gateVerdict(attempt).at === 'fail'
}
