import { escapeControl } from '@gump/errors'
import type { TestResults } from './test-results.js'

/**
 * Tests that passed in one run and do not pass in a later one, with their later results. A test that has gone to
 * another file or group is found by its last name, when only one new test bears it.
 *
 * @example
 * ```ts
 * lostTests(new Map([['a.test.js > adds', 'passed']]), new Map()) // ['a.test.js > adds: it does not exist any more']
 * ```
 */
export function lostTests(before: TestResults, after: TestResults): readonly string[] {
  const arrived = new Map<string, string[]>()
  for (const [name, status] of after) {
    if (before.has(name) || status !== 'passed') continue
    arrived.set(lastName(name), [...(arrived.get(lastName(name)) ?? []), name])
  }
  return [...before].flatMap(([name, status]) => {
    if (status !== 'passed') return []
    const now = after.get(name)
    if (now === 'passed' || (now === undefined && arrived.get(lastName(name))?.length === 1)) return []
    const fate =
      now === undefined ? 'it does not exist any more' : now === 'failed' ? 'it fails' : 'it is skipped'
    return [`${escapeControl(name)}: ${fate}`]
  })
}

/** `a.test.js > group > adds` → `adds`, `tests/test_a.py::TestA::test_b[1]` → `test_b[1]`. */
export function lastName(name: string): string {
  return name.split(/ > |::/).at(-1) ?? name
}
