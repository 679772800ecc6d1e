/** A value of a case, and how much it counts for. */
export interface Observation {
  readonly run: string
  readonly weight: number
  readonly value: number
}

/** Sums over the cases of one cell, or of one level that cells borrow from. */
export interface Tally {
  /** Cases, as they were seen. */
  readonly seen: number
  /** Runs that they come from. */
  readonly runs: number
  /** What they count for, recent ones more. */
  readonly weight: number
  /** Weighted sum and sum of squares of the values. */
  readonly sum: number
  readonly squares: number
  /** How many tries a run has in it, weighted as clusters are: one that has many counts for more. */
  readonly perRun: number
}

/** Adds observations up. */
export function tallyOf(observations: readonly Observation[]): Tally {
  const runs = new Map<string, number>()
  let weight = 0
  let sum = 0
  let squares = 0
  let weightSquares = 0
  for (const seen of observations) {
    weight += seen.weight
    weightSquares += seen.weight ** 2
    sum += seen.weight * seen.value
    squares += seen.weight * seen.value ** 2
    runs.set(seen.run, (runs.get(seen.run) ?? 0) + seen.weight)
  }
  let runSquares = 0
  for (const of of runs.values()) runSquares += of ** 2
  const perRun = weightSquares === 0 ? 1 : runSquares / weightSquares
  return { seen: observations.length, runs: runs.size, weight, sum, squares, perRun }
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
