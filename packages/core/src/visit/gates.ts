import type { AgentStep, GateSpec, GateStep, GroupStep, Step, WorkflowStep } from '@gump/schema'
import type { NewEvent } from '@gump/ledger'
import { type Frame, taskOf } from '../frame.js'
import { type Attempt, gateSegment, lastLaunch } from '@gump/history'
import { humanVerdict, runVerdict } from '../verdict.js'
import { answerOf, visitValidator } from './validator.js'
import { active, awaiting, type Progress, recording, type Walk } from './walk.js'

/**
 * All gates of an attempt, one after the other in their order, those that wait for the others last; null when every one
 * has a result.
 */
export function visitGates(
  walk: Walk,
  frame: Frame,
  step: AgentStep | GateStep | GroupStep | WorkflowStep,
  path: string,
  attempt: Attempt,
  subject: string,
): Progress | null {
  const launch = lastLaunch(attempt)
  // An attempt that failed before its gates is not judged: gates cannot turn it into a pass.
  if (step.kind === 'agent' && launch !== null && runVerdict(step, launch) !== null) return null
  if (humanVerdict(attempt) !== null) return null
  const gates = gatesOf(frame, step)
  const waiting = gates.filter(({ when }) => when === 'others_pass')
  const others = gates.filter((gate) => !waiting.includes(gate))
  const failed = others.find(({ name }) => attempt.gates[name]?.status === 'fail')
  for (const gate of [...others, ...waiting]) {
    if (attempt.gates[gate.name] !== undefined) continue
    if (gate.when === 'others_pass' && failed !== undefined)
      return recording(walk, `${path}@${attempt.round}.${attempt.attempt}/gate.${gate.name}`, {
        type: 'gate_skipped',
        step: path,
        round: attempt.round,
        attempt: attempt.attempt,
        gate: gate.name,
        reason: `${failed.name} failed, and it waits for the others to pass`,
      })
    if (gate.call !== undefined) return visitValidateGate(walk, frame, path, attempt, gate, subject)
    return awaiting(walk, {
      kind: 'gate',
      id: `${path}@${attempt.round}.${attempt.attempt}/gate.${gate.name}`,
      step,
      frame,
      path,
      workspace: attempt.workspace,
      gate,
      round: attempt.round,
      attempt: attempt.attempt,
      stepType: step.kind === 'agent' ? step.type : step.kind === 'gate' ? 'gate' : 'group',
      base: attempt.base,
      subject,
      task: taskOf(frame),
    })
  }
  return null
}

/** The declared gates; a task that names its files is first held to them. */
function gatesOf(frame: Frame, step: Step): readonly GateSpec[] {
  if (step.kind !== 'agent' || step.type !== 'code' || frame.readOnly) return step.gates
  const files = taskOf(frame)?.files ?? []
  const policy = frame.blastRadius ?? (frame.parallel ? 'enforce' : 'warn')
  if (files.length === 0 || policy === 'off') return step.gates
  const text = (value: string): { text: string; range: GateSpec['range'] } => ({
    text: value,
    range: step.range,
  })
  return [
    { name: 'blast_radius', gate: 'blast_radius', argument: text(policy), range: step.range },
    ...step.gates,
  ]
}

function visitValidateGate(
  walk: Walk,
  frame: Frame,
  path: string,
  attempt: Attempt,
  gate: GateSpec,
  subject: string,
): Progress {
  if (gate.call === undefined) return active
  const validator = visitValidator(walk, frame, path, gateSegment(gate.name), gate.call, attempt, subject)
  if (validator.at === 'active' || validator.at === 'blocked') return validator
  const answer = answerOf(walk, [...path.split('/'), gateSegment(gate.name)], gate.call, validator)
  const facts = {
    step: path,
    round: attempt.round,
    attempt: attempt.attempt,
    gate: gate.name,
    duration_ms: answer.durationMs,
    ...(answer.comments === null ? {} : { comments: answer.comments }),
  }
  const event: NewEvent = answer.verdict
    ? { type: 'gate_passed', ...facts }
    : {
        type: 'gate_failed',
        ...facts,
        error: answer.comments ?? answer.reason ?? 'the validator answered false',
      }
  return recording(walk, `${path}@${attempt.round}.${attempt.attempt}/gate.${gate.name}`, event)
}
