import type { AgentEvent, TokenUsage } from '../contract.js'
import { asCount, asObject, asText, hasCounts, type JsonObject } from './json-value.js'
import { addTokens, anyBelow, NO_TOKENS } from './usage-sum.js'

/** What Codex notes in the records of its threads: the tokens of every call of the model. */
export interface CodexNotes {
  /** One record; those of other sessions count for nothing. */
  take(record: JsonObject | null, session: string | null): readonly AgentEvent[]
  /**
   * Tokens of this launch, sub-agents included; null when there are no notes of the session itself, or not all of them.
   *
   * @param told what the end of the turn says of the whole thread; null when it was not reached
   */
  complete(told: TokenUsage | null): TokenUsage | null
  /** Sub-agents have noted what they use. */
  readonly hasSubAgents: boolean
}

/** No notes yet. */
export function createCodexNotes(): CodexNotes {
  let used = NO_TOKENS
  /** Of the session's own thread, since it began. */
  let thread: TokenUsage | null = null
  let hasSubAgents = false

  return {
    take(record, session) {
      const payload = asObject(record?.['payload']) ?? {}
      const tokens = codexTokens(asObject(payload['usage']))
      if (tokens === null || session === null || asText(payload['session_id']) !== session) return []
      used = addTokens(used, tokens)
      const own = payload['thread_id'] === session
      if (own) thread = codexTokens(asObject(payload['thread_token_usage']))
      else hasSubAgents = true
      const contextTokens = tokens.input + tokens.cacheRead + tokens.cacheWrite
      return [{ type: 'usage', mode: 'delta', tokens, ...(own ? { contextTokens } : {}) }]
    },
    complete: (told) => (thread === null || (told !== null && anyBelow(thread, told)) ? null : used),
    get hasSubAgents() {
      return hasSubAgents
    },
  }
}

/** `input_tokens` holds cached ones and `output_tokens` reasoning ones. */
export function codexTokens(usage: JsonObject | null): TokenUsage | null {
  if (!hasCounts(usage, 'input_tokens', 'output_tokens')) return null
  const cacheRead = asCount(usage['cached_input_tokens'])
  const cacheWrite = asCount(usage['cache_write_input_tokens'])
  const input = Math.max(0, asCount(usage['input_tokens']) - cacheRead - cacheWrite)
  return { input, output: asCount(usage['output_tokens']), cacheRead, cacheWrite }
}
