/** How a test of a run ended. */
export type TestStatus = 'passed' | 'failed' | 'skipped'

/** Every test of a run by its name, as the runner tells it: with file or group where the runner has them. */
export type TestResults = ReadonlyMap<string, TestStatus>

/** How to make a test runner tell each test's result, and how to read that. Every function is pure. */
export interface TestReport {
  /** Name of the test runner. */
  readonly runner: string
  /** The same shell text, made to report each test; null when it cannot be. */
  reporting(command: string): string | null
  /** What the output reports; null when it is no such report, or not a whole one. */
  read(output: string): TestResults | null
}

/** Collects results; of two with one name the worse counts, so that none hides behind another. */
export function collectResults(results: Iterable<readonly [name: string, status: TestStatus]>): TestResults {
  const rank: Readonly<Record<TestStatus, number>> = { passed: 0, skipped: 1, failed: 2 }
  const found = new Map<string, TestStatus>()
  for (const [name, status] of results) {
    const known = found.get(name)
    if (known === undefined || rank[status] > rank[known]) found.set(name, status)
  }
  return found
}
