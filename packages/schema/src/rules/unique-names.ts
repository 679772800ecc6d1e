import type { Step } from '../ir.js'
import type { Finding, Rule } from './rule.js'
import { placedSteps } from './scope.js'

/** Step names are unique in their list. */
export const uniqueNames: Rule = function* (workflow): Iterable<Finding> {
  const seen = new Map<readonly Step[], Map<string, number>>()
  for (const { step, scope } of placedSteps(workflow.steps)) {
    const names = seen.get(scope.steps) ?? new Map<string, number>()
    seen.set(scope.steps, names)
    const first = names.get(step.name)
    if (first === undefined) {
      names.set(step.name, step.range.start.line)
      continue
    }
    yield {
      code: 'GUMP-W021',
      range: step.range,
      message: `a second step called "${step.name}"; the first is in line ${first}`,
      detail: { expected: 'a name that no other step of this list has' },
    }
  }
}
