import { closest } from '@gump/errors'
import type { RetryEntry, Step } from '../ir.js'
import { gatesByLastWord, resolveGateName } from './gate-alias.js'
import type { Finding, Rule } from './rule.js'
import { gateNamesOf, indexOfName, placedSteps, type Placed, type Scope } from './scope.js'

/** `not` names a gate of the step, `restart_from` an earlier step of the list; overrides fit the kind of the step. */
export const retryTargets: Rule = function* (workflow, facts): Iterable<Finding> {
  for (const place of placedSteps(workflow.steps)) {
    for (const entry of place.step.retry?.entries ?? []) {
      yield* checkGate(place.step, entry)
      yield* checkRestart(place, entry, facts.broken)
      yield* checkKind(place, entry)
    }
  }
}

function* checkGate(step: Step, entry: RetryEntry): Iterable<Finding> {
  if (entry.condition.when !== 'not') return
  const { gate, range } = entry.condition
  // The engine adds blast_radius by itself.
  if (gate === 'blast_radius' || resolveGateName(step.gates, gate) !== null) return
  const meant = gatesByLastWord(step.gates, gate)
  const names = meant.length > 0 ? meant : gateNamesOf(step)
  yield {
    code: 'GUMP-W045',
    range,
    message: meant.length > 0 ? `"${gate}" can mean more than one gate` : `this step has no gate "${gate}"`,
    detail: {
      expected: names.length === 0 ? 'a gate list in the step' : names.join(', '),
      suggestion: closest(gate, names),
    },
  }
}

function* checkRestart(place: Placed, entry: RetryEntry, broken: ReadonlySet<string>): Iterable<Finding> {
  const name = entry.override.restartFrom
  if (name === undefined || broken.has(name)) return
  const { concurrent, steps } = place.scope
  const found = indexOfName(steps, name)
  if (!concurrent && found !== undefined && found < place.index) return
  const inside = restartable(place.step)
  if (inside.includes(name)) return
  const near = concurrent ? [] : steps.slice(Math.max(0, place.index - 10), place.index)
  const targets = [...near.map((step) => step.name), ...inside.slice(0, 10)]
  const around = inside.length === 0 ? 'beside' : 'beside or inside'
  yield {
    code: 'GUMP-W048',
    range: entry.override.restartRange ?? entry.range,
    message: `"${name}" is no earlier step ${around} "${place.step.name}"`,
    detail: {
      expected: targets.length === 0 ? 'no restart_from: no step comes before this one' : targets.join(', '),
      suggestion: holderOf(place.step, name) ?? closest(name, targets),
    },
  }
}

/** A group may go back to a step of its own list, unless its steps run side by side. */
function restartable(step: Step): readonly string[] {
  if (step.kind !== 'group' || (step.parallel !== undefined && step.foreach === undefined)) return []
  return step.steps.map(({ name }) => name)
}

/** The step of the list that holds a step deeper down. */
function holderOf(step: Step, name: string): string | undefined {
  if (restartable(step).length === 0 || step.kind !== 'group') return undefined
  const holds = (inner: Step): boolean =>
    inner.kind === 'group' && inner.steps.some((deeper) => deeper.name === name || holds(deeper))
  return step.steps.find(holds)?.name
}

function* checkKind(place: Placed, entry: RetryEntry): Iterable<Finding> {
  const { step, scope } = place
  const { override } = entry
  const foreign = (['agent', 'session', 'prompt'] as const).filter((key) => override[key] !== undefined)
  if (step.kind !== 'agent' && foreign.length > 0) {
    yield {
      code: 'GUMP-W046',
      range: entry.range,
      message: `"${step.name}" runs no agent of its own, so ${foreign.join(', ')} cannot be overridden`,
      detail: { expected: 'worktree or restart_from' },
    }
  } else if (override.replan !== undefined && !inTask(scope) && !runsPerTask(step)) {
    yield {
      code: 'GUMP-W039',
      range: entry.range,
      message: 'replan splits the failing task, and this step works on none',
      detail: { expected: 'replan in a step that runs for each task' },
    }
  }
}

function runsPerTask(step: Step): boolean {
  return (step.kind === 'group' || step.kind === 'workflow') && step.foreach !== undefined
}

function inTask(scope: Scope | null): boolean {
  return scope !== null && (scope.perTask || inTask(scope.outer))
}
