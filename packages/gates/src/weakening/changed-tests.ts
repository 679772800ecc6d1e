import type { ChangedText } from './change.js'
import { placedTests } from './compare-tests.js'

/** Names of tests that a change adds, or whose assertions or cases it edits. */
export function changedTests(files: readonly ChangedText[]): readonly string[] {
  return files.flatMap(({ path, before, after }) => {
    const known = placedTests(path, before).map(({ test }) => identity(test))
    return placedTests(path, after)
      .filter(({ test }) => !test.skipped && !known.includes(identity(test)))
      .map(({ test }) => test.name)
  })
}

function identity(test: {
  readonly name: string
  readonly assertions: readonly string[]
  readonly cases: number | null
}): string {
  return JSON.stringify([test.name, test.assertions, test.cases])
}
