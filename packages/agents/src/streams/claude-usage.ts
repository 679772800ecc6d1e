import type { AgentEvent, TokenUsage } from '../contract.js'
import { anthropicTokens } from './anthropic-usage.js'
import { asNonEmpty, asObject, type JsonObject } from './json-value.js'
import { isZero, NO_TOKENS, subtractTokens } from './usage-sum.js'

/** Whose message it is: null for the main agent, the id of the tool that started it for a sub-agent. */
export type Speaker = string | null

/** Counts the tokens of messages while they come. */
export interface ClaudeUsage {
  /** True when the message is known. */
  has(id: string): boolean
  /** A name for a message that tells none. */
  nextId(): string
  /** A message has begun; what it tells of its output means nothing yet. */
  begin(id: string, usage: JsonObject | null, speaker: Speaker): readonly AgentEvent[]
  /** The figures of a message as its stream tells them. */
  delta(value: JsonObject, usage: JsonObject | null, speaker: Speaker): readonly AgentEvent[]
}

/**
 * One `assistant` line holds one content block; lines of a message share its id and repeat its usage, whose
 * `output_tokens` means nothing: output is counted from the `message_delta` of partial messages. Several agents may
 * speak at once: a delta that does not name its message belongs to the last one of its speaker.
 */
export function createClaudeUsage(): ClaudeUsage {
  const counted = new Map<string, TokenUsage>()
  const streaming = new Map<Speaker, string>()

  const count = (id: string, tokens: TokenUsage, speaker: Speaker): readonly AgentEvent[] => {
    const added = subtractTokens(tokens, counted.get(id) ?? NO_TOKENS)
    counted.set(id, tokens)
    if (isZero(added)) return []
    const contextTokens = tokens.input + tokens.cacheRead + tokens.cacheWrite
    return [{ type: 'usage', mode: 'delta', tokens: added, ...(speaker === null ? { contextTokens } : {}) }]
  }

  return {
    has: (id) => counted.has(id),
    nextId: () => `message-${counted.size}`,
    begin(id, usage, speaker) {
      streaming.set(speaker, id)
      if (!counted.has(id)) counted.set(id, NO_TOKENS)
      if (usage === null) return []
      const output = counted.get(id)?.output ?? 0
      return count(id, { ...anthropicTokens(usage), output }, speaker)
    },
    delta(value, usage, speaker) {
      const id = asNonEmpty(value['api_message_id']) ?? streaming.get(speaker)
      if (id === undefined || !counted.has(id) || usage === null) return []
      return count(id, mostOf(counted.get(id) ?? NO_TOKENS, anthropicTokens(usage)), speaker)
    },
  }
}

/** A delta may leave out the classes that its beginning told. */
function mostOf(before: TokenUsage, told: TokenUsage): TokenUsage {
  return {
    input: Math.max(before.input, told.input),
    output: Math.max(before.output, told.output),
    cacheRead: Math.max(before.cacheRead, told.cacheRead),
    cacheWrite: Math.max(before.cacheWrite, told.cacheWrite),
  }
}

/** Who says a line. */
export function speakerOf(value: JsonObject): Speaker {
  return asNonEmpty(value['parent_tool_use_id'])
}

/** The reason why a message stopped, in a partial message or a whole one. */
export function stopReasonOf(value: JsonObject | null): string | null {
  return asNonEmpty(value?.['stop_reason']) ?? asNonEmpty(asObject(value?.['delta'])?.['stop_reason'])
}
