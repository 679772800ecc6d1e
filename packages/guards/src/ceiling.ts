import type { Guard, GuardObservation, GuardTrip } from './contract.js'

export interface Ceiling {
  readonly guard: string
  readonly limit: number
  /** The observed figure; null while it is not known. */
  readonly observe: (seen: GuardObservation) => number | null
  /** How a figure is shown. */
  readonly show: (figure: number) => string
  /** The trip's reason: `used 1.2k tokens of 1k`. */
  readonly reason: (observed: string, limit: string) => string
}

/** A guard that trips as soon as a running total is above its limit. */
export function createCeiling(ceiling: Ceiling): Guard {
  const check = (seen: GuardObservation): GuardTrip | null => {
    const figure = ceiling.observe(seen)
    if (figure === null || figure <= ceiling.limit) return null
    const limit = ceiling.show(ceiling.limit)
    const observed = ceiling.show(figure)
    return { guard: ceiling.guard, reason: ceiling.reason(observed, limit), limit, observed }
  }
  return { onEvent: (_event, seen) => check(seen) }
}
