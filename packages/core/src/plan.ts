import type { Step, Workflow } from '@gump/schema'

/** A workflow with everything it calls, resolved and checked; the core reads nothing else. */
export interface Plan {
  /** Reference of the workflow that runs. */
  readonly root: string
  readonly workflows: Readonly<Record<string, Workflow>>
}

/** The workflow of a reference; resolving the plan has made sure that it is there. */
export function workflowOf(plan: Plan, ref: string): Workflow {
  const workflow = Object.hasOwn(plan.workflows, ref) ? plan.workflows[ref] : undefined
  if (workflow === undefined) throw new RangeError(`the plan has no workflow "${ref}"`)
  return workflow
}

/** Steps that a step contains, whatever its kind. */
export function innerSteps(step: Step): readonly Step[] {
  if (step.kind === 'group') return step.steps
  return step.kind === 'agent' ? (step.each ?? []) : []
}

/** True for a step whose inside is done once for each task. */
export function repeats(step: Step): boolean {
  if (step.kind === 'agent') return step.each !== undefined
  return step.kind !== 'gate' && step.foreach !== undefined
}
