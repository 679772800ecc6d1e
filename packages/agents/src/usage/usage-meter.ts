import type { AgentEvent, AgentOutcome, OutcomeFacts, TokenUsage } from '../contract.js'
import { decodeTokens } from '../streams/decode-event.js'
import { asUsd } from '../streams/json-value.js'
import {
  addTokens,
  anyBelow,
  applyUsage,
  isZero,
  mostTokens,
  NO_TOKENS,
  subtractTokens,
} from '../streams/usage-sum.js'
import { fromMicroUsd, toMicroUsd, type MicroUsd } from './micro-usd.js'

/** USD per million tokens, by class. */
export interface TokenPrice {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
}

/** Where a cost comes from: the CLI itself, tokens times a price, or nowhere. */
export type CostSource = 'native' | 'estimated' | 'unpriced'

/** Tokens and cost of a launch, or of a stretch of it. */
export interface MeteredUsage {
  readonly tokens: TokenUsage
  /** Exact to the micro-dollar; when `unpriced`, what is known of it, which may be 0. */
  readonly costUsd: number
  readonly costSource: CostSource
  /** More was used than is known: by sub-agents that the stream leaves out, or since the last figure of a launch that was cut off. */
  readonly atLeast?: true
  /** What unpriced tokens count for against limits, at an assumed price, in USD: never a cost. */
  readonly assumedUsd?: number
}

/** What a resumed session had used before this launch, as metered then. */
export interface SessionTotals {
  readonly tokens: TokenUsage
  readonly costUsd: number
}

/** Prices for a meter, and where a resumed session stood. Prices are in USD per million tokens. */
export interface UsageMeterOptions {
  /** Price of the model; null when there is none. Not needed when the CLI tells the cost. */
  readonly price: TokenPrice | null
  /** Looks up the price of the model that the stream names, where there is no `price`. */
  readonly priceOf?: (model: string) => TokenPrice | null
  /** Price of the model that the CLI is known to choose, until the stream names one. */
  readonly usualPrice?: TokenPrice | null
  /** Price for limits where there is no other. */
  readonly assumedPrice?: TokenPrice | null
  /** Needed to tell this launch apart when a resumed CLI counts from the session's start. */
  readonly previousSessionTotals?: SessionTotals | null
}

/** What one launch has used. */
export interface UsageMeter {
  observe(event: AgentEvent): void
  /**
   * Takes the final figures of the outcome; what they do not say stays as observed, and nothing that was observed is
   * taken back.
   */
  settle(outcome: OutcomeFacts | AgentOutcome): void
  total(): MeteredUsage
  /** What was added since the last call, above the highest figures returned so far: never negative. */
  sinceMark(): MeteredUsage
}

/**
 * A meter for one launch: usage events while it runs, the outcome's figures at its end. Amounts are kept as whole
 * micro-dollars, and estimates are always made from the totals, so nothing drifts.
 *
 * @example
 * ```ts
 * const meter = createUsageMeter({ price: { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 } })
 * meter.observe({ type: 'usage', mode: 'delta', tokens: { input: 1000, output: 10, cacheRead: 0, cacheWrite: 0 } })
 * meter.total() // { tokens, costUsd: 0.00315, costSource: 'estimated' }
 * ```
 */
export function createUsageMeter(options: UsageMeterOptions): UsageMeter {
  const previous = options.previousSessionTotals ?? null
  let price = options.price ?? options.usualPrice ?? null
  let tokens = NO_TOKENS
  let native: MicroUsd | null = null
  let reported = false
  let worked = false
  /** Which stretches of work have been seen: some that told their cost, some that did not. */
  const stretches = { told: false, untold: false }
  let marked = { tokens: NO_TOKENS, cost: 0, assumed: 0 }
  let atLeast = false

  const observe = (event: AgentEvent): void => {
    if (event.type === 'session' && event.model !== undefined)
      price = options.price ?? options.priceOf?.(event.model) ?? price
    if (event.type === 'turn_started') worked = true
    if (event.type !== 'usage') return
    // Adapters of plugins may hand on whatever their program said.
    const told = decodeTokens(event.tokens)
    const cost = asUsd(event.costUsd)
    if (told !== null) {
      reported = true
      tokens = applyUsage(tokens, { ...event, tokens: told })
    }
    if (cost !== null) native = toMicroUsd(cost) + (event.mode === 'delta' ? (native ?? 0) : 0)
    if (event.mode === 'delta' && told !== null && !isZero(told))
      stretches[cost === null ? 'untold' : 'told'] = true
  }

  const settle = (facts: OutcomeFacts | AgentOutcome): void => {
    const told = decodeTokens(facts.usage?.tokens)
    const restarted = facts.usage?.scope === 'session' && told !== null && beganAnew(told, previous, tokens)
    const cost = asUsd(facts.costUsd?.value)
    const used = worked || !isZero(tokens) || native !== null
    const cutOff = 'status' in facts && facts.status === 'failed' && told === null && cost === null
    atLeast = facts.partial === true || (cutOff && used)
    if (told !== null) {
      reported = true
      const ofLaunch = facts.usage?.scope === 'launch' || restarted || previous === null
      tokens = mostTokens(ofLaunch ? told : subtractTokens(told, previous.tokens), tokens)
    }
    if (cost !== null) {
      const total = toMicroUsd(cost)
      const before = toMicroUsd(previous?.costUsd ?? 0)
      const ofLaunch = facts.costUsd?.scope === 'launch' || restarted || total < before
      native = Math.max(ofLaunch ? total : total - before, native ?? 0)
      stretches.untold = false
    }
  }

  const cost = (): { amount: MicroUsd; source: CostSource } => {
    const isPart = stretches.told && stretches.untold
    if (native !== null && !isPart) return { amount: native, source: 'native' }
    // Without a figure nothing can be estimated, nor from zeros when the model has answered: nothing would be a guess.
    const figure = reported && !(worked && isZero(tokens))
    const known = native ?? 0
    if (price === null || !figure) return { amount: known, source: 'unpriced' }
    return { amount: Math.max(known, estimateMicroUsd(tokens, price)), source: 'estimated' }
  }

  /** What counts against limits beyond the cost that is known. */
  const assumed = (amount: MicroUsd, source: CostSource): MicroUsd => {
    const stand = options.assumedPrice ?? null
    if (source !== 'unpriced' || stand === null) return 0
    return Math.max(0, estimateMicroUsd(tokens, stand) - amount)
  }

  return {
    observe,
    settle,
    total: () => {
      const { amount, source } = cost()
      return {
        tokens,
        costUsd: fromMicroUsd(amount),
        costSource: source,
        ...marks(atLeast, assumed(amount, source)),
      }
    },
    sinceMark: () => {
      const { amount, source } = cost()
      const stand = assumed(amount, source)
      const added = {
        tokens: subtractTokens(tokens, marked.tokens),
        costUsd: fromMicroUsd(Math.max(0, amount - marked.cost)),
        costSource: source,
        ...marks(false, Math.max(0, stand - marked.assumed)),
      }
      marked = {
        tokens: addTokens(marked.tokens, added.tokens),
        cost: Math.max(marked.cost, amount),
        assumed: Math.max(marked.assumed, stand),
      }
      return added
    },
  }
}

/** Cost of tokens in micro-dollars: USD per million tokens is micro-dollars per token. Rounded once, at the end. */
export function estimateMicroUsd(tokens: TokenUsage, price: TokenPrice): MicroUsd {
  return Math.round(
    tokens.input * price.input +
      tokens.output * price.output +
      tokens.cacheRead * price.cacheRead +
      tokens.cacheWrite * price.cacheWrite,
  )
}

/** The totals of a session after one more launch: what the next launch's meter wants as `previousSessionTotals`. */
export function addToSession(previous: SessionTotals | null, used: MeteredUsage): SessionTotals {
  return {
    tokens: addTokens(previous?.tokens ?? NO_TOKENS, used.tokens),
    costUsd: fromMicroUsd(toMicroUsd(previous?.costUsd ?? 0) + toMicroUsd(used.costUsd)),
  }
}

function marks(atLeast: boolean, assumed: MicroUsd): Pick<MeteredUsage, 'atLeast' | 'assumedUsd'> {
  return { ...(atLeast ? { atLeast } : {}), ...(assumed > 0 ? { assumedUsd: fromMicroUsd(assumed) } : {}) }
}

/**
 * True when the counter of a session counts this launch alone: it is below what it was, or what it would leave for this
 * launch is below what was seen of it.
 */
function beganAnew(total: TokenUsage, previous: SessionTotals | null, seen: TokenUsage): boolean {
  return previous !== null && anyBelow(total, addTokens(previous.tokens, seen))
}
