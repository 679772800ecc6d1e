import type { CostSource, TokenCounts, Usage } from '@gump/ledger'

/** What was used, as exact integers: money in micro-dollars, tokens, turns, and how much of it is not known. */
export interface Spent {
  /** Native and estimated together. */
  readonly microUsd: number
  /** Part of it that was computed from tokens and a price table. */
  readonly estimatedMicroUsd: number
  /** What unpriced figures count for against a budget, beyond what is known of their cost. */
  readonly assumedMicroUsd: number
  readonly tokens: TokenCounts
  readonly turns: number
  /** How many figures of each kind it was added up from, so that one that is taken away again leaves no trace. */
  readonly sources: Readonly<Record<CostSource, number>>
  /** Agents that were started. */
  readonly launches: number
  /** How many figures are of work that does not tell its tokens. */
  readonly silent: number
  /** How many of the figures leave something out. */
  readonly incomplete: number
  /** Launches whose turns could not be counted. */
  readonly uncounted: number
}

/** What has been used before anything is. */
export const nothingSpent: Spent = {
  microUsd: 0,
  estimatedMicroUsd: 0,
  assumedMicroUsd: 0,
  tokens: { input: 0, output: 0, cache_read: 0, cache_write: 0 },
  turns: 0,
  sources: { native: 0, estimated: 0, unpriced: 0 },
  launches: 0,
  silent: 0,
  incomplete: 0,
  uncounted: 0,
}

/** An agent was started; nothing is known of what it uses. */
export const launchSpent: Spent = { ...nothingSpent, launches: 1 }

/**
 * The exact form of a figure from the ledger.
 *
 * @param worked - the agent is known to have done something, so that an unpriced zero is not "nothing used".
 */
export function spentOf(usage: Usage, worked = false): Spent {
  const { tokens, cost_usd, cost_source } = usage
  const microUsd = Math.round(cost_usd * 1e6)
  const used = worked || microUsd > 0 || sumOf(tokens) > 0
  const is = (source: CostSource): number => (used && cost_source === source ? 1 : 0)
  return {
    ...nothingSpent,
    microUsd,
    estimatedMicroUsd: cost_source === 'estimated' ? microUsd : 0,
    assumedMicroUsd: Math.round((usage.assumed_cost_usd ?? 0) * 1e6),
    tokens,
    sources: { native: is('native'), estimated: is('estimated'), unpriced: is('unpriced') },
    silent: worked && saysNoTokens(usage) ? 1 : 0,
    incomplete: usage.at_least === true ? 1 : 0,
  }
}

/** What one turn added. Many agents say what they used at their end only: until then it is unknown, not nothing. */
export function turnSpent(usage: Usage): Spent {
  const figure = spentOf(usage)
  if (!saysNoTokens(usage)) return figure
  const unpriced = figure.microUsd > 0 ? figure.sources.unpriced : 1
  return { ...figure, silent: 1, sources: { ...figure.sources, unpriced } }
}

/**
 * An agent that worked used tokens; a zero is a measurement only where it said so: as part of an estimate, or by a cost of
 * nothing.
 */
function saysNoTokens({ cost_source, cost_usd, tokens }: Usage): boolean {
  const measured = cost_source === 'estimated' || (cost_source === 'native' && cost_usd === 0)
  return !measured && sumOf(tokens) === 0
}

/** Both together; exact, in any order. */
export function addSpent(a: Spent, b: Spent): Spent {
  return combine(a, b, 1)
}

/** Takes away what had been added before. */
export function subtractSpent(a: Spent, b: Spent): Spent {
  return combine(a, b, -1)
}

/** All of them together. */
export function sumSpent(parts: readonly Spent[]): Spent {
  return parts.reduce(addSpent, nothingSpent)
}

function combine(a: Spent, b: Spent, sign: 1 | -1): Spent {
  return {
    microUsd: a.microUsd + sign * b.microUsd,
    estimatedMicroUsd: a.estimatedMicroUsd + sign * b.estimatedMicroUsd,
    assumedMicroUsd: a.assumedMicroUsd + sign * b.assumedMicroUsd,
    tokens: {
      input: a.tokens.input + sign * b.tokens.input,
      output: a.tokens.output + sign * b.tokens.output,
      cache_read: a.tokens.cache_read + sign * b.tokens.cache_read,
      cache_write: a.tokens.cache_write + sign * b.tokens.cache_write,
    },
    turns: a.turns + sign * b.turns,
    sources: {
      native: a.sources.native + sign * b.sources.native,
      estimated: a.sources.estimated + sign * b.sources.estimated,
      unpriced: a.sources.unpriced + sign * b.sources.unpriced,
    },
    launches: a.launches + sign * b.launches,
    silent: a.silent + sign * b.silent,
    incomplete: a.incomplete + sign * b.incomplete,
    uncounted: a.uncounted + sign * b.uncounted,
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

/** Tokens of one class; null when a part of the work did not tell them, so that the sum is not what was used. */
export function knownTokens({ tokens, silent }: Spent, name: keyof TokenCounts): number | null {
  return silent > 0 ? null : tokens[name]
}

/** Turns; null when those of a launch could not be counted. */
export function knownTurns({ turns, uncounted }: Spent): number | null {
  return uncounted > 0 ? null : turns
}

/** What counts against a budget, in USD millionths: the cost, and the assumed one of what has no price. */
export function countedMicroUsd({ microUsd, assumedMicroUsd }: Spent): number {
  return microUsd + assumedMicroUsd
}

/** Tokens that count against `max_tokens`: in and out, cache reads as reported. */
export function countedTokens(spent: Spent): number {
  return sumOf(spent.tokens)
}

function sumOf({ input, output, cache_read, cache_write }: TokenCounts): number {
  return input + output + cache_read + cache_write
}
