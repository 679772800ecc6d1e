import { closest, type Diagnostic } from '@gump/errors'
import type { Step } from '@gump/schema'
import { innerSteps, type Plan } from '@gump/core'

/** Pauses that would never come, because no step has that name. Names of tasks in a path are not known yet. */
export function unknownPauses(plan: Plan | null, pauseAfter: readonly string[]): readonly Diagnostic[] {
  if (plan === null) return []
  const names = Object.values(plan.workflows).flatMap(({ steps }) => namesOf(steps))
  return pauseAfter
    .filter((selector) => !names.includes(selector.split('/').at(-1) ?? ''))
    .map((selector) => ({
      code: 'GUMP-R002',
      severity: 'error',
      message: `there is no step "${selector}" to pause after`,
      expected: `one of ${[...new Set(names)].join(', ')}`,
      ...suggestion(selector, names),
    }))
}

function suggestion(selector: string, names: readonly string[]): Pick<Diagnostic, 'suggestion'> {
  const near = closest(selector, names)
  return near === undefined ? {} : { suggestion: near }
}

function namesOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => [step.name, ...namesOf(innerSteps(step))])
}
