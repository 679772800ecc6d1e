/** An expected value with the interval that it lies in with a probability of 90 %. */
export interface Estimate {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** How sure the intervals are that are shown. */
export const confidence = 0.9

/** Mean and central interval of draws. */
export function estimateOf(draws: ArrayLike<number>): Estimate {
  const sorted = Float64Array.from(draws).toSorted()
  const sum = sorted.reduce((total, draw) => total + draw, 0)
  const tail = (1 - confidence) / 2
  return {
    mean: sorted.length === 0 ? 0 : sum / sorted.length,
    low: quantileOfSorted(sorted, tail),
    high: quantileOfSorted(sorted, 1 - tail),
  }
}

function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  const position = (sorted.length - 1) * share
  const low = sorted[Math.floor(position)] ?? 0
  const high = sorted[Math.ceil(position)] ?? low
  return low + (high - low) * (position - Math.floor(position))
}

/** The value below which a share of the draws lies. */
export function quantileOf(draws: ArrayLike<number>, share: number): number {
  return quantileOfSorted(Float64Array.from(draws).toSorted(), share)
}
