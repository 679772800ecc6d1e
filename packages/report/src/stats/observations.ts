import type { Cost } from '../cost.js'
import type { AttemptReport, RunReport } from '../report.js'

/** One finished attempt of an agent, taken out of its run. */
export interface Observation {
  readonly workflow: string
  /** Path with task names replaced by `*`. */
  readonly step: string
  readonly agent: string
  /** Counts on over rounds: the third try at a task is 3, however it came about. */
  readonly attempt: number
  readonly passed: boolean
  readonly cost: Cost
  readonly durationMs: number
  /** Agent of the try before, null on the first. */
  readonly previousAgent: string | null
}

/**
 * Every attempt whose outcome is known; attempts that were interrupted or cancelled say nothing about their agent, and
 * those that a replay has taken over are seen where they were made.
 */
export function observations(reports: readonly RunReport[]): Observation[] {
  return reports.flatMap((report) =>
    report.steps
      .filter((step) => step.kind === 'agent')
      .flatMap((step) => {
        const known = step.attempts.filter(isKnown)
        return known.flatMap((attempt, index): Observation[] =>
          attempt.agent === null || attempt.replayed
            ? []
            : [
                {
                  workflow: report.workflow,
                  step: step.key,
                  agent: attempt.agent,
                  attempt: index + 1,
                  passed: attempt.status === 'pass',
                  cost: attempt.cost,
                  durationMs: attempt.durationMs,
                  previousAgent: known[index - 1]?.agent ?? null,
                },
              ],
        )
      }),
  )
}

function isKnown(attempt: AttemptReport): boolean {
  return attempt.launches.length > 0 && (attempt.status === 'pass' || attempt.status === 'fail')
}

/** Groups by a key, in order of first appearance. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
