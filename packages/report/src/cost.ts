import type { TokenCounts, Usage } from '@gump/ledger'

/** Money as exact integers of micro-dollars, with what is known about where the figures come from. */
export interface Cost {
  /** Native and estimated together. */
  readonly microUsd: number
  /** Part of it that was computed from tokens and a price table. */
  readonly estimatedMicroUsd: number
  /** Something was used whose price is not known: the true cost is higher. */
  readonly unpriced: boolean
  /** False: no agent ran at all. */
  readonly any: boolean
}

/** Tokens by class; cache classes are not part of `input`. */
export interface Tokens {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
}

export const noCost: Cost = { microUsd: 0, estimatedMicroUsd: 0, unpriced: false, any: false }
export const noTokens: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }

/**
 * The cost of one launch or turn.
 *
 * @param worked - the agent is known to have done something, so that an unpriced zero is not "nothing used".
 */
export function costOf(usage: Usage, worked = false): Cost {
  const microUsd = Math.round(usage.cost_usd * 1e6)
  const used = worked || microUsd > 0 || countTokens(tokensOf(usage.tokens)) > 0
  return {
    microUsd,
    estimatedMicroUsd: usage.cost_source === 'estimated' ? microUsd : 0,
    unpriced: usage.cost_source === 'unpriced' && used,
    any: true,
  }
}

export function addCost(a: Cost, b: Cost): Cost {
  return {
    microUsd: a.microUsd + b.microUsd,
    estimatedMicroUsd: a.estimatedMicroUsd + b.estimatedMicroUsd,
    unpriced: a.unpriced || b.unpriced,
    any: a.any || b.any,
  }
}

export function tokensOf(counts: TokenCounts): Tokens {
  return {
    input: counts.input,
    output: counts.output,
    cacheRead: counts.cache_read,
    cacheWrite: counts.cache_write,
  }
}

export function addTokens(a: Tokens, b: Tokens): Tokens {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
  }
}

/** All classes together. */
export function countTokens(tokens: Tokens): number {
  return tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite
}
