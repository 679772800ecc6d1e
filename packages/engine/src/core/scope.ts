import type { Step, Workflow } from '@gump/schema'
import { createScope, type Scope, type ScopeStep } from '@gump/state'
import type { Frame } from './frame.js'
import { innerSteps, type Plan, workflowOf } from './plan.js'

/** The frame in which the workflow around a frame began. */
export function boundaryOf(frame: Frame): Frame {
  return frame.call !== null || frame.parent === null ? frame : boundaryOf(frame.parent)
}

/** What names mean for a step of a frame, while it runs. */
export function scopeOf(plan: Plan, frame: Frame, step: string | null, runInputs: Iterable<string>): Scope {
  const boundary = boundaryOf(frame)
  const depth = boundary.path.length
  const at = [...frame.path.slice(depth), ...(step === null ? [] : [step])]
  return createScope({
    steps: scopeSteps(workflowOf(plan, boundary.workflow)),
    at: at.join('/'),
    root: boundary.path.join('/'),
    dialect: boundary.dialect,
    inputs: boundary.parent === null ? runInputs : Object.keys(boundary.call?.with ?? {}),
  })
}

const projections = new WeakMap<Workflow, readonly ScopeStep[]>()

/** The names of a workflow; the same array every time, because resolution keeps an index by identity. */
export function scopeSteps(workflow: Workflow): readonly ScopeStep[] {
  const known = projections.get(workflow)
  if (known !== undefined) return known
  const steps = workflow.steps.map(scopeStep)
  projections.set(workflow, steps)
  return steps
}

function scopeStep(step: Step): ScopeStep {
  const inner = innerSteps(step)
  const perTask =
    step.kind === 'agent' ? step.each !== undefined : step.kind !== 'gate' && step.foreach !== undefined
  return {
    name: step.name,
    gates: step.gates.map((gate) => gate.name),
    ...(inner.length === 0 && !perTask ? {} : { steps: inner.map(scopeStep) }),
    ...(perTask ? { perTask } : {}),
  }
}
