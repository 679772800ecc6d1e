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
