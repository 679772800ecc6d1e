import { type Attempt, knownCostUsd, type Spent, sumSpent } from '@gump/history'

/** Exact; null when a part has no price. */
export function microUsdOf(spent: Spent): number | null {
  return knownCostUsd(spent) === null ? null : spent.microUsd
}

/** What a run has used for an attempt itself; what was taken over from another run is left out. */
export function ownSpent(attempt: Attempt): Spent {
  return sumSpent(
    attempt.launches.filter(({ launching }) => launching?.replayed !== true).map(({ spent }) => spent),
  )
}
