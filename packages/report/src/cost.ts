import type { TokenCounts, Usage } from '@gump/ledger'

/** Money as exact integers of micro-dollars, with what is known about where the figures come from. */
export interface Cost {
  /** Native and estimated together. */
  readonly microUsd: number
  /** Part of it that was computed from tokens and a price table. */
  readonly estimatedMicroUsd: number
  /** Something was used whose price is not known: the true cost is higher. */
  readonly unpriced: boolean
  /** Something was used that no figure tells: the true cost is higher. */
  readonly atLeast?: true
  /** False: no agent ran at all. */
  readonly any: boolean
}

/** Tokens by class; cache classes are not part of `input`. */
export interface Tokens {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
  /** An agent worked and did not say what it used: the true figures are higher. */
  readonly unknown: boolean
}

export const noCost: Cost = { microUsd: 0, estimatedMicroUsd: 0, unpriced: false, any: false }
export const noTokens: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, unknown: false }

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
    ...(usage.at_least === true ? { atLeast: true } : {}),
    any: true,
  }
}

/** The cost of one turn: many agents say what they used at their end only. */
export function turnCost(usage: Usage): Cost {
  return { ...costOf(usage), any: usage.cost_usd > 0 || !saysNoTokens(usage) }
}

export function addCost(a: Cost, b: Cost): Cost {
  return {
    microUsd: a.microUsd + b.microUsd,
    estimatedMicroUsd: a.estimatedMicroUsd + b.estimatedMicroUsd,
    unpriced: a.unpriced || b.unpriced,
    ...(a.atLeast === true || b.atLeast === true ? { atLeast: true } : {}),
    any: a.any || b.any,
  }
}

/** @param unknown - they are not all that was used. */
export function tokensOf(counts: TokenCounts, unknown = false): Tokens {
  return {
    input: counts.input,
    output: counts.output,
    cacheRead: counts.cache_read,
    cacheWrite: counts.cache_write,
    unknown,
  }
}

export function addTokens(a: Tokens, b: Tokens): Tokens {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    unknown: a.unknown || b.unknown,
  }
}

/**
 * An agent that worked used tokens; a zero is a measurement only where it said so: as part of an estimate, or by a cost of
 * nothing.
 */
export function saysNoTokens(usage: Usage): boolean {
  const measured =
    usage.cost_source === 'estimated' || (usage.cost_source === 'native' && usage.cost_usd === 0)
  return !measured && countTokens(tokensOf(usage.tokens)) === 0
}

/** All classes together. */
export function countTokens(tokens: Tokens): number {
  return tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite
}
