import { createCeiling } from '../ceiling.js'
import type { GuardDefinition } from '../contract.js'

/** Trips when input plus output exceed the limit. */
export const maxTokens: GuardDefinition = {
  name: 'max_tokens',
  summary: 'trips when more tokens than this went in and out',
  value: 'count',
  create: (value) =>
    createCeiling({
      guard: 'max_tokens',
      limit: Number(value),
      observe: (seen) => seen.tokens,
      show: String,
      reason: (observed, limit) => `used ${observed} tokens, ${limit} are allowed`,
    }),
}
