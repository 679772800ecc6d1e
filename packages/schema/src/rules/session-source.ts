import { closest } from '@gump/errors'
import type { Step } from '../ir.js'
import type { Finding, Rule } from './rule.js'
import { findBefore, indexOfName, listBefore, placedSteps, type Placed } from './scope.js'

/** `session: {from: step}` names an agent step that ran before, in the same task. */
export const sessionSource: Rule = function* (workflow, facts): Iterable<Finding> {
  for (const place of placedSteps(workflow.steps)) {
    const { step } = place
    if (step.kind !== 'agent' || step.session.mode !== 'from') continue
    const { step: name, range } = step.session
    if (facts.broken.has(name)) continue
    const source = findBefore(place, name, true)
    if (source !== undefined && hasSession(source)) continue
    yield { code: 'GUMP-W050', range, message: why(place, source, name), detail: advice(place) }
  }
}

function hasSession(step: Step): boolean {
  return step.kind === 'agent' && step.agent?.text !== 'pass'
}

function why(place: Placed, source: Step | undefined, name: string): string {
  if (source !== undefined) return `"${name}" runs no agent, so it leaves no session`
  if (findBefore(place, name, false) !== undefined)
    return `"${name}" runs outside the task, so its session is not this task's`
  if (encloses(place, name)) return `this step is part of "${name}"`
  const beside = indexOfName(place.scope.steps, name)
  if (beside === place.index) return `"${name}" cannot continue its own session`
  if (beside === undefined) return `no step "${name}" runs before this one`
  return place.scope.concurrent ? `"${name}" runs at the same time` : `"${name}" runs after this step`
}

function advice(place: Placed): { readonly expected: string; readonly suggestion?: string } {
  const names = listBefore(place, true)
    .filter(hasSession)
    .map((step) => step.name)
  const wanted =
    place.step.kind === 'agent' && place.step.session.mode === 'from' ? place.step.session.step : ''
  const suggestion = closest(wanted, names)
  return {
    expected:
      names.length === 0
        ? 'session: new'
        : `an earlier agent step of the same task: ${names.slice(0, 10).join(', ')}`,
    ...(suggestion === undefined ? {} : { suggestion }),
  }
}

function encloses(place: Placed, name: string): boolean {
  let { outer, at } = place.scope
  while (outer !== null) {
    if (outer.steps[at]?.name === name) return true
    ;({ outer, at } = outer)
  }
  return false
}
