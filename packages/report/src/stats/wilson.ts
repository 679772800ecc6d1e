/** A share with its 95 % confidence interval, all from 0 to 1. */
export interface Rate {
  readonly passed: number
  readonly of: number
  /** null without observations. */
  readonly rate: number | null
  readonly low: number
  readonly high: number
}

const z = 1.959_963_984_540_054

/** Wilson score interval: honest for few observations and for shares near 0 or 1. */
export function wilson(passed: number, of: number): Rate {
  if (of === 0) return { passed, of, rate: null, low: 0, high: 1 }
  const share = passed / of
  const middle = share + (z * z) / (2 * of)
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * of)) / of)
  const scale = 1 + (z * z) / of
  return {
    passed,
    of,
    rate: share,
    low: Math.max(0, (middle - spread) / scale),
    high: Math.min(1, (middle + spread) / scale),
  }
}
