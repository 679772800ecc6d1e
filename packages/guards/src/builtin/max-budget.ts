import { createCeiling } from '../ceiling.js'
import type { GuardDefinition } from '../contract.js'

/** Trips when the cost of the step, native or estimated, exceeds the limit; silent while usage has no price. */
export const maxBudget: GuardDefinition = {
  name: 'max_budget',
  summary: 'trips when the step has cost more than this many USD',
  value: 'usd',
  create: (value) =>
    createCeiling({
      guard: 'max_budget',
      limit: Number(value),
      // Sums of prices carry binary noise: what is above by less than a millionth of a dollar is equal.
      observe: (seen) => (seen.costUsd === null ? null : Math.round(seen.costUsd * 1e6) / 1e6),
      show: (usd) => `$${usd.toFixed(Number.isInteger(usd * 100) ? 2 : 4)}`,
      reason: (observed, limit) => `cost ${observed}, ${limit} are allowed`,
    }),
}
