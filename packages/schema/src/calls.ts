import type { Step, WorkflowCall } from './ir.js'

/** How a workflow is called. */
export type CallUse = 'step' | 'get' | 'validate'

/** A call with its use. */
export interface FoundCall {
  readonly call: WorkflowCall
  readonly use: CallUse
}

/** Every call of a workflow, inner steps included. */
export function* callsOf(steps: readonly Step[]): Iterable<FoundCall> {
  for (const step of steps) {
    if (step.kind === 'workflow') yield { call: step.call, use: 'step' }
    if (step.kind === 'agent' && step.getWorkflow !== undefined) yield { call: step.getWorkflow, use: 'get' }
    for (const gate of step.gates) if (gate.call !== undefined) yield { call: gate.call, use: 'validate' }
    for (const { condition } of step.retry?.entries ?? []) {
      if (condition.when === 'validate') yield { call: condition.call, use: 'validate' }
    }
    if (step.kind === 'group') yield* callsOf(step.steps)
    if (step.kind === 'agent' && step.each !== undefined) yield* callsOf(step.each)
  }
}
