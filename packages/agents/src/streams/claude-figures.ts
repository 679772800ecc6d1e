import type { OutcomeFacts, TokenUsage } from '../contract.js'
import { fromMicroUsd, toMicroUsd } from '../usage/micro-usd.js'
import { anthropicTokens, modelEntries, modelUsageTokens } from './anthropic-usage.js'
import { asObject, asUsd, hasCounts, present, type JsonObject } from './json-value.js'
import { addTokens, NO_TOKENS } from './usage-sum.js'

type Scope = 'launch' | 'session'

interface Figure<T> {
  readonly value: T
  readonly scope: Scope
  /** It starts over with every result of a process; others count on. */
  readonly sinceLastResult: boolean
}

/** What the results of one process have told about tokens and cost. */
export interface ClaudeFigures {
  readonly tokens: Figure<TokenUsage> | null
  readonly cost: Figure<number> | null
}

// From here on the counters of a resumed session continue where it had stopped; before, they began with every process.
const CUMULATIVE_SINCE = [2, 1, 277] as const

/** What the counters of a version count. Unknown versions: the session, which what is seen meanwhile may disprove. */
export function counterScope(version: string | null): Scope {
  const parts = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})/
    .exec(version ?? '')
    ?.slice(1)
    .map(Number)
  if (parts === undefined) return 'session'
  for (const [i, wanted] of CUMULATIVE_SINCE.entries()) {
    const part = parts[i] ?? 0
    if (part !== wanted) return part > wanted ? 'session' : 'launch'
  }
  return 'session'
}

/**
 * Figures of a result: from `model_usage_since_last_result` where the CLI has it. Older versions: `modelUsage` and
 * `total_cost_usd` count on from result to result, and `usage`, of this result alone, misses the turn that a budget cut off.
 */
export function claudeFigures(result: JsonObject, scope: Scope): ClaudeFigures {
  const since = modelEntries(result['model_usage_since_last_result'])
  const sinceTokens = sumModels(since)
  const modelTokens = sumModels(modelEntries(result['modelUsage']))
  const usage = asObject(result['usage'])
  const ownTokens = hasCounts(usage, 'input_tokens', 'output_tokens') ? anthropicTokens(usage) : null
  const sinceCost = sumCosts(since)
  const totalCost = asUsd(result['total_cost_usd'])
  return {
    tokens:
      figure(sinceTokens, 'launch', true) ??
      figure(modelTokens, scope, false) ??
      figure(ownTokens, 'launch', true),
    cost: figure(sinceCost, 'launch', true) ?? figure(totalCost, scope, false),
  }
}

/** The figures after one more result of the same process: work that continues in the background ends in another one. */
export function addFigures(earlier: ClaudeFigures | null, later: ClaudeFigures): ClaudeFigures {
  return {
    tokens: next(earlier?.tokens ?? null, later.tokens, addTokens),
    cost: next(earlier?.cost ?? null, later.cost, (a, b) => fromMicroUsd(toMicroUsd(a) + toMicroUsd(b))),
  }
}

/** The figures in the form of the contract. */
export function figureFacts({ tokens, cost }: ClaudeFigures): Pick<OutcomeFacts, 'usage' | 'costUsd'> {
  return {
    ...present('usage', tokens === null ? null : { tokens: tokens.value, scope: tokens.scope }),
    ...present('costUsd', cost === null ? null : { value: cost.value, scope: cost.scope }),
  }
}

function figure<T>(value: T | null, scope: Scope, sinceLastResult: boolean): Figure<T> | null {
  return value === null ? null : { value, scope, sinceLastResult }
}

function next<T>(
  earlier: Figure<T> | null,
  later: Figure<T> | null,
  add: (a: T, b: T) => T,
): Figure<T> | null {
  if (earlier === null || later === null) return later ?? earlier
  return later.sinceLastResult ? { ...later, value: add(earlier.value, later.value) } : later
}

/** null when there is none, or one does not tell its tokens. */
function sumModels(models: readonly JsonObject[]): TokenUsage | null {
  const told = models.length > 0 && models.every((model) => hasCounts(model, 'inputTokens', 'outputTokens'))
  return told ? models.map(modelUsageTokens).reduce(addTokens, NO_TOKENS) : null
}

/** null when there is none, or one does not tell its cost. */
function sumCosts(models: readonly JsonObject[]): number | null {
  const costs = models.map((model) => asUsd(model['costUSD'])).filter((cost) => cost !== null)
  if (costs.length === 0 || costs.length < models.length) return null
  return fromMicroUsd(costs.reduce((sum, cost) => sum + toMicroUsd(cost), 0))
}
