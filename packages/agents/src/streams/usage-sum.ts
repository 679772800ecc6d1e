import type { AgentEvent, TokenUsage } from '../contract.js'

/** No tokens at all. */
export const NO_TOKENS: TokenUsage = Object.freeze({ input: 0, output: 0, cacheRead: 0, cacheWrite: 0 })

/** Class by class, `a + b`. */
export function addTokens(a: TokenUsage, b: TokenUsage): TokenUsage {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
  }
}

/** Class by class, `a - b`, never below 0. */
export function subtractTokens(a: TokenUsage, b: TokenUsage): TokenUsage {
  return {
    input: Math.max(0, a.input - b.input),
    output: Math.max(0, a.output - b.output),
    cacheRead: Math.max(0, a.cacheRead - b.cacheRead),
    cacheWrite: Math.max(0, a.cacheWrite - b.cacheWrite),
  }
}

/** True when some class of `a` is below that of `b`. */
export function anyBelow(a: TokenUsage, b: TokenUsage): boolean {
  return a.input < b.input || a.output < b.output || a.cacheRead < b.cacheRead || a.cacheWrite < b.cacheWrite
}

/** True when no token of any class was used. */
export function isZero(tokens: TokenUsage): boolean {
  return tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite === 0
}

/** The total after one more usage event: deltas add, cumulative figures replace. */
export function applyUsage(total: TokenUsage, event: Extract<AgentEvent, { type: 'usage' }>): TokenUsage {
  return event.mode === 'delta' ? addTokens(total, event.tokens) : event.tokens
}

/** Class by class, the larger one. */
export function mostTokens(a: TokenUsage, b: TokenUsage): TokenUsage {
  return {
    input: Math.max(a.input, b.input),
    output: Math.max(a.output, b.output),
    cacheRead: Math.max(a.cacheRead, b.cacheRead),
    cacheWrite: Math.max(a.cacheWrite, b.cacheWrite),
  }
}
