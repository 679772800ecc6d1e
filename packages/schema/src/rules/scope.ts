import type { Step } from '../ir.js'

/** A list of steps with the place it stands in. */
export interface Scope {
  readonly steps: readonly Step[]
  /** The steps run at the same time, so none of them sees another. */
  readonly concurrent: boolean
  /** The list is run once for each task of a split. */
  readonly perTask: boolean
  readonly outer: Scope | null
  /** The index in `outer.steps` of the step that this list belongs to. */
  readonly at: number
}

/** A step with the scope it stands in. */
export interface Placed {
  readonly step: Step
  readonly scope: Scope
  readonly index: number
}

/** Every step of a workflow, outer ones before inner ones. */
export function* placedSteps(steps: readonly Step[]): Iterable<Placed> {
  yield* walk({ steps, concurrent: false, perTask: false, outer: null, at: 0 })
}

function* walk(scope: Scope): Iterable<Placed> {
  for (const [index, step] of scope.steps.entries()) {
    yield { step, scope, index }
    if (step.kind === 'agent' && step.each !== undefined) {
      yield* walk({ steps: step.each, concurrent: false, perTask: true, outer: scope, at: index })
    }
    if (step.kind === 'group') {
      const perTask = step.foreach !== undefined
      const concurrent = step.parallel !== undefined && !perTask
      yield* walk({ steps: step.steps, concurrent, perTask, outer: scope, at: index })
    }
  }
}

/**
 * The step of that name that has ended before a place is reached: in its list, then outward. With `sameTask` the
 * search stays inside the task. The time does not depend on the number of steps.
 */
export function findBefore(place: Placed, name: string, sameTask: boolean): Step | undefined {
  let scope: Scope | null = place.scope
  let index = place.index
  while (scope !== null) {
    const found = indexOfName(scope.steps, name)
    if (!scope.concurrent && found !== undefined && found < index) return scope.steps[found]
    if (scope.perTask && sameTask) return undefined
    index = scope.at
    scope = scope.outer
  }
  return undefined
}

/** Up to `limit` steps that have ended before a place is reached, nearest first: for advice. */
export function listBefore(place: Placed, sameTask: boolean, limit = 20): readonly Step[] {
  const steps: Step[] = []
  let scope: Scope | null = place.scope
  let index = place.index
  while (scope !== null && steps.length < limit) {
    if (!scope.concurrent) steps.push(...scope.steps.slice(Math.max(0, index - limit), index).toReversed())
    if (scope.perTask && sameTask) break
    index = scope.at
    scope = scope.outer
  }
  return steps.slice(0, limit)
}

const indexes = new WeakMap<readonly Step[], ReadonlyMap<string, number>>()

/** The place of the first step of that name in a list. */
export function indexOfName(steps: readonly Step[], name: string): number | undefined {
  let index = indexes.get(steps)
  if (index === undefined) {
    index = new Map(steps.map((step, at) => [step.name, at] as const).toReversed())
    indexes.set(steps, index)
  }
  return index.get(name)
}

/** Every gate name that a step's results may have. */
export function gateNamesOf(step: Step): readonly string[] {
  return step.gates.map((gate) => gate.name)
}
