import type { Step, Workflow } from '@gump/schema'
import { innerSteps, repeats } from '@gump/core'

/** A step in its list. */
interface Place {
  readonly steps: readonly Step[]
  readonly index: number
  readonly step: Step
}

/**
 * Why a step can never know the result of another one: that one runs later, or at the same time, and nothing brings the
 * work back. Null when it may.
 */
export function neverKnown(workflow: Workflow, from: string, to: string): string | null {
  const asks = placesOf(workflow.steps, from.split('/'))
  const asked = placesOf(workflow.steps, to.split('/'))
  const level = asks.findIndex((place, at) => place.index !== asked[at]?.index)
  const own = asks[level]
  const other = asked[level]
  // A step inside another one knows the result of that one so far.
  if (own === undefined || other === undefined) return null
  const around = asks.slice(0, level).map(({ step }) => step)
  if (around.some((step) => step.retry !== undefined) || comesBack(own, other)) return null
  const parent = around.at(-1)
  if (parent?.kind === 'group' && parent.parallel !== undefined && !repeats(parent))
    return `"${other.step.name}" runs at the same time as "${own.step.name}"`
  return other.index > own.index ? `"${other.step.name}" runs after "${own.step.name}"` : null
}

function placesOf(
  steps: readonly Step[],
  [name, ...rest]: readonly string[],
  above: readonly Place[] = [],
): readonly Place[] {
  const index = steps.findIndex((step) => step.name === name)
  const step = steps[index]
  if (step === undefined) return above
  const places = [...above, { steps, index, step }]
  return rest.length === 0 ? places : placesOf(innerSteps(step), repeats(step) ? rest.slice(1) : rest, places)
}

/** True when a retry of the other step, or of one behind it, goes back to the step that asks or to one before it. */
function comesBack(own: Place, other: Place): boolean {
  return own.steps.slice(other.index).some((step) =>
    (step.retry?.entries ?? []).some(({ override }) => {
      const target = own.steps.findIndex(({ name }) => name === override.restartFrom)
      return target !== -1 && target <= own.index
    }),
  )
}
