import { createCeiling } from '../ceiling.js'
import type { GuardDefinition } from '../contract.js'

/** Trips when input plus output exceed the limit. */
export const maxTokens: GuardDefinition = {
  name: 'max_tokens',
  summary: 'tokens in and out stay at or below this number',
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
