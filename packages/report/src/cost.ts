import { type Spent, turnSpent } from '@gump/history'
import type { Usage } from '@gump/ledger'

/** Money as people are shown it: exact integers of micro-dollars, with what is known about where the figures come from. */
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

/** The money of what was used. */
export function costOf({ microUsd, estimatedMicroUsd, sources, incomplete, launches }: Spent): Cost {
  return {
    microUsd,
    estimatedMicroUsd,
    unpriced: sources.unpriced > 0,
    ...(incomplete > 0 ? { atLeast: true } : {}),
    any: launches > 0,
  }
}

/** The tokens of what was used. */
export function tokensOf({ tokens, silent }: Spent): Tokens {
  const { input, output, cache_read: cacheRead, cache_write: cacheWrite } = tokens
  return { input, output, cacheRead, cacheWrite, unknown: silent > 0 }
}

/** The cost of one turn: of many agents it is not known, because they say what they used at their end only. */
export function turnCost(usage: Usage): Cost {
  const spent = turnSpent(usage)
  const isTold = spent.microUsd > 0 || spent.silent === 0
  return isTold ? { ...costOf(spent), any: true } : noCost
}

/** Both together. */
export function addCost(a: Cost, b: Cost): Cost {
  return {
    microUsd: a.microUsd + b.microUsd,
    estimatedMicroUsd: a.estimatedMicroUsd + b.estimatedMicroUsd,
    unpriced: a.unpriced || b.unpriced,
    ...(a.atLeast === true || b.atLeast === true ? { atLeast: true } : {}),
    any: a.any || b.any,
  }
}

/** Both together. */
export function addTokens(a: Tokens, b: Tokens): Tokens {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    unknown: a.unknown || b.unknown,
  }
}

/** All classes together. */
export function countTokens(tokens: Tokens): number {
  return tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite
}
