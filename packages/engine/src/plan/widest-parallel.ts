import type { Step } from '@gump/schema'
import { innerSteps, type Plan } from '@gump/core'

/** The largest number of branches that a workflow asks for by `parallel: N`; 0 when it names none. */
export function widestParallel(plan: Plan | null): number {
  return Object.values(plan?.workflows ?? {}).reduce((most, { steps }) => Math.max(most, widest(steps)), 0)
}

function widest(steps: readonly Step[]): number {
  return steps.reduce((most, step) => {
    const own = 'parallel' in step ? (step.parallel?.limit ?? 0) : 0
    return Math.max(most, own, widest(innerSteps(step)))
  }, 0)
}
