import { closest } from '@gump/errors'
import type { Finding, Rule } from './rule.js'
import { findBefore, listBefore, placedSteps } from './scope.js'

/** `foreach` names a split step that ran before. */
export const foreachSource: Rule = function* (workflow, facts): Iterable<Finding> {
  for (const place of placedSteps(workflow.steps)) {
    const { step } = place
    if ((step.kind !== 'group' && step.kind !== 'workflow') || step.foreach === undefined) continue
    const name = step.foreach
    if (facts.broken.has(name)) continue
    const source = findBefore(place, name, false)
    if (source?.kind === 'agent' && source.type === 'split') continue
    const splits = listBefore(place, false)
      .filter((earlier) => earlier.kind === 'agent' && earlier.type === 'split')
      .map((earlier) => earlier.name)
    yield {
      code: 'GUMP-W051',
      range: step.foreachRange ?? step.range,
      message: `foreach names "${name}", which is no earlier split step`,
      detail: {
        expected: splits.length === 0 ? 'an earlier step with output: plan' : splits.slice(0, 10).join(', '),
        suggestion: closest(name, splits),
      },
    }
  }
}
