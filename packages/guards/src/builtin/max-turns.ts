import { createCeiling } from '../ceiling.js'
import type { GuardDefinition } from '../contract.js'

/** Trips when a turn starts beyond the limit. */
export const maxTurns: GuardDefinition = {
  name: 'max_turns',
  summary: 'trips when a turn begins after this many',
  value: 'count',
  create: (value) =>
    createCeiling({
      guard: 'max_turns',
      limit: Number(value),
      observe: (seen) => seen.turns,
      show: String,
      reason: (observed, limit) => `turn ${observed} started, ${limit} are allowed`,
    }),
}
