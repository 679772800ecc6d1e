import type { AgentStep, GroupStep, Step, Workflow, WorkflowStep } from '../ir.js'
import { placedSteps, type Placed } from '../rules/scope.js'
import type { Obstacle } from './obstacle.js'
import { currentRetry } from './retries.js'
import { currentSession } from './sessions.js'

/** A step that runs for each task of the split before it. */
export type PerTask = (GroupStep | WorkflowStep) & { readonly foreach: string }

/** What a workflow of the earlier dialect becomes. */
export interface Current {
  readonly workflow: Workflow
  readonly obstacles: readonly Obstacle[]
  /** For every step as it was: what it becomes. A step that is folded into a split is missing. */
  readonly becomes: ReadonlyMap<Step, Step>
  /** For every split: the step whose work moves into its `each`. */
  readonly folds: ReadonlyMap<Step, PerTask>
}

/** Turns the representation of an earlier file into the one that the same file has in the current dialect. */
export function toCurrent(workflow: Workflow): Current {
  const conversion = new Conversion(workflow)
  const steps = conversion.list(workflow.steps)
  return {
    workflow: { ...workflow, dialect: 'v4', steps },
    obstacles: conversion.obstacles,
    becomes: conversion.becomes,
    folds: conversion.folds,
  }
}

class Conversion {
  readonly obstacles: Obstacle[] = []
  readonly becomes: Map<Step, Step> = new Map()
  readonly folds: Map<Step, PerTask> = new Map()
  readonly #places: ReadonlyMap<Step, Placed>

  constructor(workflow: Workflow) {
    this.#places = new Map([...placedSteps(workflow.steps)].map((place) => [place.step, place]))
  }

  list(steps: readonly Step[]): readonly Step[] {
    const converted: Step[] = []
    for (const [index, step] of steps.entries()) {
      if (isPerTask(step)) {
        if (this.#isFolded(steps[index - 1], step)) continue
        this.#refuse(
          step,
          `foreach is not directly after "${step.foreach}"`,
          'the steps directly after their split',
        )
      }
      const next = steps[index + 1]
      const folded = next !== undefined && isPerTask(next) && this.#isFolded(step, next) ? next : null
      const result = this.#step(step, folded)
      this.becomes.set(step, result)
      converted.push(result)
    }
    return converted
  }

  #isFolded(split: Step | undefined, step: PerTask): boolean {
    return split?.kind === 'agent' && split.type === 'split' && split.name === step.foreach
  }

  #step(step: Step, folded: PerTask | null): Step {
    const retry = currentRetry(step)
    const recovery = retry === null ? {} : { retry }
    if (step.kind === 'group') return { ...step, ...recovery, steps: this.list(step.steps) }
    if (step.kind !== 'agent') return { ...step, ...recovery }
    const place = this.#places.get(step)
    const session = place === undefined ? step.session : currentSession(step, place, this.obstacles)
    const plain = { ...step, ...recovery, session }
    if (step.type !== 'split') return plain
    if (folded === null) {
      this.#refuse(
        step,
        'nothing is done for the tasks of this split',
        'a group with foreach directly after it',
      )
      return plain
    }
    this.folds.set(step, folded)
    return this.#fold(plain, folded)
  }

  #fold(split: AgentStep, step: PerTask): AgentStep {
    if (step.gates.length > 0 || step.retry !== undefined) {
      this.#refuse(
        step,
        'each has no gate and no retry of its own',
        'gates and on_failure in the inner steps',
      )
    }
    if (split.parallel !== undefined || split.onConflict !== undefined) {
      this.#refuse(split, 'parallel stands at the split and not at the group', 'parallel at the group only')
    }
    const { parallel, onConflict } = step
    return {
      ...split,
      each: step.kind === 'group' ? this.list(step.steps) : [callOnce(step)],
      ...(parallel === undefined ? {} : { parallel }),
      ...(onConflict === undefined ? {} : { onConflict }),
    }
  }

  #refuse(step: Step, message: string, expected: string): void {
    this.obstacles.push({ range: step.range, message: `"${step.name}": ${message}`, expected })
  }
}

/** True for a step that runs once for each task of an earlier split. */
export function isPerTask(step: Step): step is PerTask {
  return (step.kind === 'group' || step.kind === 'workflow') && step.foreach !== undefined
}

function callOnce(step: WorkflowStep): WorkflowStep {
  const { foreach: _foreach, parallel: _parallel, onConflict: _onConflict, ...call } = step
  return call
}
