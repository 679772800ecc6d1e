import type { TokenUsage } from '../contract.js'
import { asCount, asObject, type JsonObject } from './json-value.js'

/** Token classes of a `usage` object of the Anthropic Messages API, whose `input_tokens` leaves the caches out. */
export function anthropicTokens(usage: JsonObject): TokenUsage {
  return {
    input: asCount(usage['input_tokens']),
    output: asCount(usage['output_tokens']),
    cacheRead: asCount(usage['cache_read_input_tokens']),
    cacheWrite: asCount(usage['cache_creation_input_tokens']),
  }
}

/** Token classes of one model in Claude Code's `modelUsage`. */
export function modelUsageTokens(usage: JsonObject): TokenUsage {
  return {
    input: asCount(usage['inputTokens']),
    output: asCount(usage['outputTokens']),
    cacheRead: asCount(usage['cacheReadInputTokens']),
    cacheWrite: asCount(usage['cacheCreationInputTokens']),
  }
}

/** The models of a `modelUsage` table; empty when it is none. */
export function modelEntries(table: unknown): readonly JsonObject[] {
  return Object.values(asObject(table) ?? {})
    .map(asObject)
    .filter((entry) => entry !== null)
}
