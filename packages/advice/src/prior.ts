import { type Belief, believed } from './rates.js'

/** What public data says about one agent after one set of failures. */
export interface Prior {
  readonly failed: readonly string[]
  readonly agent: string
  readonly rate: number
  /** Public tasks behind it. */
  readonly tries: number
}

/** The prior of a cell, if there is one. */
export function priorFor(priors: readonly Prior[], failed: readonly string[], agent: string): Prior | null {
  const key = JSON.stringify(failed.toSorted())
  return (
    priors.find((prior) => prior.agent === agent && JSON.stringify(prior.failed.toSorted()) === key) ?? null
  )
}

/** Public data is worth as much as two tries of one's own, however much of it there is: it is of other tasks. */
const mostTries = 2

/** What is believed with a prior. */
export function withPrior(belief: Belief, { rate, tries }: Prior): Belief {
  const prior = believed(rate, Math.min(mostTries, tries))
  return { passes: belief.passes + prior.passes, failures: belief.failures + prior.failures }
}
