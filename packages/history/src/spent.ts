import type { CostSource, TokenCounts, Usage } from '@gump/ledger'

/** Usage as exact integers: micro-dollars and token counts. */
export interface Spent {
  readonly microUsd: number
  readonly tokens: TokenCounts
  /** How many figures of each kind it was added up from, so that one that is taken away again leaves no trace. */
  readonly sources: Readonly<Record<CostSource, number>>
  /** What unpriced figures count for against a budget, beyond what is known of their cost. */
  readonly assumedMicroUsd: number
  /** How many of the figures leave something out. */
  readonly incomplete: number
}

/** What has been used before anything is. */
export const nothingSpent: Spent = {
  microUsd: 0,
  tokens: { input: 0, output: 0, cache_read: 0, cache_write: 0 },
  sources: { native: 0, estimated: 0, unpriced: 0 },
  assumedMicroUsd: 0,
  incomplete: 0,
}

/**
 * The exact form of a figure from the ledger.
 *
 * @param worked - the agent is known to have done something, so that an unpriced zero is not "nothing used".
 */
export function spentOf(usage: Usage, worked = false): Spent {
  const { tokens, cost_usd, cost_source } = usage
  const counted = tokens.input + tokens.output + tokens.cache_read + tokens.cache_write
  const used = worked || cost_usd > 0 || counted > 0
  const is = (source: CostSource): number => (used && cost_source === source ? 1 : 0)
  return {
    microUsd: Math.round(cost_usd * 1e6),
    tokens,
    sources: { native: is('native'), estimated: is('estimated'), unpriced: is('unpriced') },
    assumedMicroUsd: Math.round((usage.assumed_cost_usd ?? 0) * 1e6),
    incomplete: usage.at_least === true ? 1 : 0,
  }
}

/** Both together; exact, in any order. */
export function addSpent(a: Spent, b: Spent): Spent {
  return combine(a, b, 1)
}

/** Takes away what had been added before. */
export function subtractSpent(a: Spent, b: Spent): Spent {
  return combine(a, b, -1)
}

function combine(a: Spent, b: Spent, sign: 1 | -1): Spent {
  return {
    microUsd: a.microUsd + sign * b.microUsd,
    tokens: {
      input: a.tokens.input + sign * b.tokens.input,
      output: a.tokens.output + sign * b.tokens.output,
      cache_read: a.tokens.cache_read + sign * b.tokens.cache_read,
      cache_write: a.tokens.cache_write + sign * b.tokens.cache_write,
    },
    sources: {
      native: a.sources.native + sign * b.sources.native,
      estimated: a.sources.estimated + sign * b.sources.estimated,
      unpriced: a.sources.unpriced + sign * b.sources.unpriced,
    },
    assumedMicroUsd: a.assumedMicroUsd + sign * b.assumedMicroUsd,
    incomplete: a.incomplete + sign * b.incomplete,
  }
}

/** The ledger's form; a total is only as good as its weakest part. */
export function usageOf(spent: Spent): Usage {
  const { unpriced, estimated } = spent.sources
  return {
    tokens: spent.tokens,
    cost_usd: spent.microUsd / 1e6,
    cost_source: unpriced > 0 ? 'unpriced' : estimated > 0 ? 'estimated' : 'native',
    ...(spent.incomplete > 0 ? { at_least: true } : {}),
    ...(spent.assumedMicroUsd > 0 ? { assumed_cost_usd: spent.assumedMicroUsd / 1e6 } : {}),
  }
}

/** The cost in USD; null when a part of it has no price, so that the sum is not what was spent. */
export function knownCostUsd({ microUsd, sources }: Spent): number | null {
  return sources.unpriced > 0 ? null : microUsd / 1e6
}

/** What counts against a budget, in USD millionths: the cost, and the assumed one of what has no price. */
export function countedMicroUsd({ microUsd, assumedMicroUsd }: Spent): number {
  return microUsd + assumedMicroUsd
}

/** An agent worked, and did not say what it used. */
export function saysNothing(spent: Spent): boolean {
  return spent.sources.unpriced > 0 && countedTokens(spent) === 0
}

/** Tokens that count against `max_tokens`: in and out, cache reads as reported. */
export function countedTokens(spent: Spent): number {
  const { input, output, cache_read, cache_write } = spent.tokens
  return input + output + cache_read + cache_write
}
