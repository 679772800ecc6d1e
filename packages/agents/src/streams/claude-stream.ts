import type { AgentEvent, AgentOutcome, OutcomeFacts, TokenUsage, ToolKind } from '../contract.js'
import { anthropicTokens } from './anthropic-usage.js'
import { claudeOutcome } from './claude-result.js'
import {
  asMilliseconds,
  asNonEmpty,
  asNumber,
  asObject,
  asOptionalCount,
  asSessionId,
  asText,
  present,
  type JsonObject,
} from './json-value.js'
import { assistantEvents, toolResultEvents } from './message-blocks.js'
import type { StreamDialect } from './stream-parser.js'
import { fromMicroUsd, toMicroUsd } from '../usage/micro-usd.js'
import { addTokens, isZero, NO_TOKENS, subtractTokens } from './usage-sum.js'

const TOOLS: Readonly<Record<string, ToolKind>> = {
  read: 'read',
  notebookread: 'read',
  write: 'write',
  edit: 'edit',
  multiedit: 'edit',
  notebookedit: 'edit',
  bash: 'shell',
  grep: 'search',
  glob: 'search',
  ls: 'search',
}

/**
 * The stream-json of Claude Code 2.1.329, with or without partial messages. One `assistant` line holds one content
 * block; lines of a message share its id and repeat its usage, whose `output_tokens` means nothing: output is counted
 * from the `message_delta` of partial messages, and from the result.
 */
export function createClaudeDialect(): StreamDialect {
  /** Message id → what has been counted of it. */
  const counted = new Map<string, TokenUsage>()
  let sessionId: string | null = null
  let turns = 0
  let apiError: string | null = null
  let limitResetMs: number | null = null
  let lastText: string | null = null
  let streaming: string | null = null
  let outcome: AgentOutcome | undefined

  const count = (
    id: string,
    usage: JsonObject | null,
    main: boolean,
    final: boolean,
  ): readonly AgentEvent[] => {
    if (usage === null) return []
    const tokens = anthropicTokens(usage)
    const before = counted.get(id) ?? NO_TOKENS
    const now = final ? tokens : { ...tokens, output: before.output }
    const added = subtractTokens(now, before)
    counted.set(id, now)
    if (isZero(added)) return []
    const context = tokens.input + tokens.cacheRead + tokens.cacheWrite
    return [{ type: 'usage', mode: 'delta', tokens: added, ...(main ? { contextTokens: context } : {}) }]
  }

  const startMessage = (id: string, usage: JsonObject | null, main: boolean): readonly AgentEvent[] => {
    if (counted.has(id)) return []
    counted.set(id, NO_TOKENS)
    if (main) turns += 1
    const started: readonly AgentEvent[] = main ? [{ type: 'turn_started' }] : []
    return [...started, ...count(id, usage, main, false)]
  }

  const assistant = (value: JsonObject): readonly AgentEvent[] => {
    const message = asObject(value['message'])
    if (message === null) return []
    const text = assistantEvents(message, TOOLS)
    // What the CLI says in place of the model, about an API error: no turn.
    if (message['model'] === '<synthetic>') {
      apiError = asNonEmpty(value['error']) ?? apiError
      return text
    }
    const main = asNonEmpty(value['parent_tool_use_id']) === null
    const last = text.findLast((event) => event.type === 'text')
    if (main && last?.type === 'text') lastText = last.text
    const id = asNonEmpty(message['id']) ?? `message-${counted.size}`
    return [...startMessage(id, asObject(message['usage']), main), ...text]
  }

  const partial = (value: JsonObject): readonly AgentEvent[] => {
    const event = asObject(value['event'])
    const main = asNonEmpty(value['parent_tool_use_id']) === null
    if (event?.['type'] === 'message_start') {
      const message = asObject(event['message'])
      streaming = asNonEmpty(message?.['id'])
      return streaming === null ? [] : startMessage(streaming, asObject(message?.['usage']), main)
    }
    if (event?.['type'] === 'message_delta') {
      const id = asNonEmpty(value['api_message_id']) ?? streaming
      return id === null || !counted.has(id) ? [] : count(id, asObject(event['usage']), main, true)
    }
    return [{ type: 'raw', name: `stream_event/${asText(event?.['type']) ?? ''}`.slice(0, 80) }]
  }

  const system = (value: JsonObject): readonly AgentEvent[] => {
    switch (value['subtype']) {
      case 'init': {
        const id = asSessionId(value['session_id'])
        if (id === null || id === sessionId) return []
        sessionId = id
        return [
          {
            type: 'session',
            sessionId: id,
            ...present('model', asNonEmpty(value['model'])),
            ...present('version', asNonEmpty(value['claude_code_version'])),
          },
        ]
      }
      case 'api_retry':
        return [
          {
            type: 'retry_wait',
            status: asOptionalCount(value['error_status']),
            untilMs: asMilliseconds(value['retry_delay_ms']),
            ...present('attempt', asOptionalCount(value['attempt'])),
          },
        ]
      default:
        return [{ type: 'raw', name: `system/${asText(value['subtype']) ?? ''}`.slice(0, 80) }]
    }
  }

  // Not in the recordings: published with the CLI's SDK; says when a subscription's usage limit is lifted.
  const rateLimit = (value: JsonObject): readonly AgentEvent[] => {
    const info = asObject(value['rate_limit_info'])
    const resetsAt = asMilliseconds((asNumber(info?.['resetsAt']) ?? -1) * 1000)
    if (info?.['status'] === 'rejected' && resetsAt !== null) limitResetMs = resetsAt
    return [{ type: 'raw', name: 'rate_limit_event' }]
  }

  const result = (value: JsonObject): readonly AgentEvent[] => {
    outcome = addEarlier(claudeOutcome(value, { turns, apiError, limitResetMs }), outcome)
    return deniedTools(value)
  }

  const facts = (): OutcomeFacts => ({
    ...present('sessionId', sessionId),
    turns,
    ...present('finalText', lastText),
  })

  const event = (value: JsonObject): readonly AgentEvent[] | null => {
    switch (value['type']) {
      case 'system':
        return system(value)
      case 'assistant':
        return assistant(value)
      case 'user':
        return toolResultEvents(asObject(value['message']) ?? {})
      case 'stream_event':
        return partial(value)
      case 'rate_limit_event':
        return rateLimit(value)
      case 'result':
        return result(value)
      default:
        return null
    }
  }

  // Messages may follow a result: of work in the background, or because lines overtook each other.
  return { event, outcome: () => (outcome === undefined ? undefined : { ...outcome, turns }), facts }
}

/** Work that goes on in the background ends in a second result, whose figures start at the first one. */
function addEarlier(result: AgentOutcome, earlier: AgentOutcome | undefined): AgentOutcome {
  if (earlier?.usage?.scope !== 'launch' || result.usage?.scope !== 'launch') return result
  if (earlier.costUsd === undefined || result.costUsd === undefined) return result
  const micro = toMicroUsd(earlier.costUsd.value) + toMicroUsd(result.costUsd.value)
  return {
    ...result,
    usage: { tokens: addTokens(earlier.usage.tokens, result.usage.tokens), scope: 'launch' },
    costUsd: { value: fromMicroUsd(micro), scope: 'launch' },
  }
}

function deniedTools(result: JsonObject): readonly AgentEvent[] {
  const denials = result['permission_denials']
  if (!Array.isArray(denials) || denials.length === 0) return []
  const names = new Set(denials.map((denial) => asNonEmpty(asObject(denial)?.['tool_name']) ?? 'a tool'))
  return [{ type: 'warning', message: `the agent was not permitted to use ${[...names].join(', ')}` }]
}
