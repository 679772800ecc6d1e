import type { RetryPolicy } from '../ir.js'
import type { Finding, Rule } from './rule.js'
import { placedSteps } from './scope.js'

/** Attempt entries ascend (per cause) and lie between the second attempt and the last. */
export const retryOrder: Rule = function* (workflow): Iterable<Finding> {
  for (const { step } of placedSteps(workflow.steps)) {
    if (step.retry !== undefined) yield* check(step.retry)
  }
}

function* check(retry: RetryPolicy): Iterable<Finding> {
  const last = new Map<string, number>()
  for (const { condition, cause, range } of retry.entries) {
    if (condition.when !== 'attempt') continue
    const { attempt } = condition
    const key = cause ?? ''
    const previous = last.get(key)
    if (previous !== undefined && attempt <= previous) {
      yield {
        code: 'GUMP-W042',
        range,
        message: `attempt ${attempt} comes after attempt ${previous}`,
        detail: { expected: 'attempt entries in ascending order' },
      }
    }
    last.set(key, Math.max(attempt, previous ?? 0))
    if (attempt >= 2 && attempt <= retry.exit) continue
    yield {
      code: 'GUMP-W044',
      range,
      message:
        attempt < 2
          ? 'attempt 1 is the first try; its settings belong in the step'
          : `attempt ${attempt} never comes: exit is ${retry.exit}`,
      detail: {
        severity: attempt < 2 ? 'error' : 'warning',
        expected: `an attempt from 2 to ${Math.max(retry.exit, 2)}`,
      },
    }
  }
}
