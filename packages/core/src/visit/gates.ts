import type { GateSpec, Step, WorkflowCall } from '@gump/schema'
import type { NewEvent } from '@gump/ledger'
import { gateSegment, lastLaunch } from '@gump/history'
import { type Frame, taskOf } from '../frame.js'
import { humanVerdict, runVerdict } from '../verdict.js'
import { type AttemptCursor, effectId, idOf, type TriedStep } from './cursor.js'
import { answerOf, type Called, visitValidator } from './validator.js'
import { awaiting, type Progress, recording } from './walk.js'

/**
 * All gates of an attempt, one after the other in their order, those that wait for the others last; null when every one
 * has a result.
 */
export function visitGates(cursor: AttemptCursor<TriedStep>, subject: string): Progress | null {
  const { walk, frame, step, path, attempt } = cursor
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
    const id = effectId(cursor, gateSegment(gate.name))
    if (gate.when === 'others_pass' && failed !== undefined)
      return recording(walk, id, {
        type: 'gate_skipped',
        ...idOf(cursor),
        gate: gate.name,
        reason: `${failed.name} failed, and it waits for the others to pass`,
      })
    if (gate.call !== undefined) return visitValidateGate(cursor, { ...gate, call: gate.call }, subject)
    return awaiting(walk, {
      kind: 'gate',
      id,
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
  cursor: AttemptCursor<TriedStep>,
  gate: GateSpec & { readonly call: WorkflowCall },
  subject: string,
): Progress {
  const { walk } = cursor
  const called: Called = { call: gate.call, segment: gateSegment(gate.name), subject }
  const validator = visitValidator(cursor, called)
  if (validator.at === 'active' || validator.at === 'blocked') return validator
  const answer = answerOf(cursor, called, validator)
  const facts = {
    ...idOf(cursor),
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
  return recording(walk, effectId(cursor, called.segment), event)
}
