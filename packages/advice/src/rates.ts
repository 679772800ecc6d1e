import { worth } from './alikeness.js'
import type { Tally } from './tally.js'

/** A rate as it is believed to be: passes and failures that stand for it, seen and borrowed together. */
export interface Belief {
  readonly passes: number
  readonly failures: number
}

/** At most so many tries are borrowed from the next wider level. */
const mostBorrowed = 4
/** What is believed before anything is seen, and how many tries that is worth. */
const root = { first: 0.5, later: 0.25, worth: 2 }

/** Before anything is seen: half of first tries pass, and a quarter of those that follow a failure. */
export function rootBelief(failedBefore: number): Belief {
  return believed(failedBefore === 0 ? root.first : root.later, root.worth)
}

/** A rate that is worth so many tries. */
export function believed(rate: number, tries: number): Belief {
  return { passes: rate * tries, failures: (1 - rate) * tries }
}

/**
 * What is believed after tries were seen at a level, given what is believed at the next wider one, of which at most four tries are
 * borrowed.
 */
export function learn(wider: Belief, seen: Tally, correlation: number): Belief {
  const has = wider.passes + wider.failures
  const borrowed = Math.min(mostBorrowed, has) / has
  const tries = worth(seen, correlation)
  const passed = seen.weight === 0 ? 0 : (seen.sum / seen.weight) * tries
  return {
    passes: wider.passes * borrowed + passed,
    failures: wider.failures * borrowed + tries - passed,
  }
}

/** The expected rate. */
export function rateOf({ passes, failures }: Belief): number {
  return passes / (passes + failures)
}
