import { worth } from './alikeness.js'
import { gamma, normal } from './random.js'
import type { Tally } from './tally.js'

/** What is believed of a cost or a time: its logarithm is normal, with unknown mean and spread. */
export interface AmountBelief {
  /** Mean of the logarithms, and how many tries it rests on. */
  readonly mean: number
  readonly tries: number
  /** Spread of the logarithms, squared, and how many tries that rests on. */
  readonly variance: number
  readonly freedom: number
  /** Mean of the amounts themselves over the mean that the logarithms imply: 1 when they are as assumed. */
  readonly skew: number
}

const mostBorrowed = 4
/** Before anything is seen, amounts spread by a factor of about two. */
const root = { variance: 0.4, freedom: 6 }
/** Wider spreads than this are not believed: the mean of such a distribution is without meaning. */
const mostVariance = 4
/** Amounts below this, in micro-dollars or milliseconds, are taken for this. */
const least = 1

/** The logarithm that amounts are tallied as. */
export function logOf(amount: number): number {
  return Math.log(Math.max(least, amount))
}

/** Nothing is known of the amount: the first tries that are seen decide alone. */
export const unknownAmount: AmountBelief = { mean: 0, tries: 0, ...root, skew: 1 }

/**
 * What is believed after amounts were seen, given what is believed at the next wider level, of which at most four tries are borrowed.
 *
 * @param amounts - the mean of the amounts themselves
 */
export function learnAmount(
  wider: AmountBelief,
  logs: Tally,
  amounts: Tally,
  correlation: number,
): AmountBelief {
  const n = worth(logs, correlation)
  if (n === 0) return wider
  const borrowed = Math.min(mostBorrowed, wider.tries)
  const borrowedFreedom = Math.min(mostBorrowed, wider.freedom)
  const mean = logs.sum / logs.weight
  const around = Math.max(0, logs.squares / logs.weight - mean ** 2) * n
  const apart = (borrowed * n * (mean - wider.mean) ** 2) / (borrowed + n)
  const freedom = borrowedFreedom + n
  // One degree of freedom went into the mean, when nothing was borrowed for it.
  const variance = (borrowedFreedom * wider.variance + around + apart) / Math.max(1, freedom)
  const implied = Math.exp(mean + Math.max(0, logs.squares / logs.weight - mean ** 2) / 2)
  const measured = amounts.weight === 0 ? 1 : amounts.sum / amounts.weight / implied
  return {
    mean: (borrowed * wider.mean + n * mean) / (borrowed + n),
    tries: borrowed + n,
    variance: Math.min(mostVariance, variance),
    freedom,
    // Few amounts do not tell how they are distributed.
    skew: Math.exp(
      (Math.log(Math.max(0.25, Math.min(4, measured))) * n + Math.log(wider.skew) * 8) / (n + 8),
    ),
  }
}

/** One possible expected amount. */
export function drawAmount(belief: AmountBelief, random: () => number): number {
  const { mean, tries, variance, freedom, skew } = belief
  const spread = Math.min(mostVariance, (variance * freedom) / (2 * gamma(freedom / 2, random)))
  return Math.exp(mean + normal(random) * Math.sqrt(spread / tries) + spread / 2) * skew
}
