import type { AgentEvent, AgentOutcome, OutcomeFacts, ProcessExit, TokenUsage } from '../contract.js'
import {
  asCount,
  asMilliseconds,
  asNonEmpty,
  asObject,
  asOptionalCount,
  asSessionId,
  asText,
  hasCounts,
  present,
  type JsonObject,
} from './json-value.js'
import { assistantEvents, toolResultEvents } from './message-blocks.js'
import { providerFailure } from '../failures/provider-failure.js'
import { stderrTail } from '../failures/stderr.js'
import { ENDED, OPEN, type StreamDialect } from './stream-parser.js'
import type { ToolTable } from './tool-facts.js'
import { isZero } from './usage-sum.js'

const TOOLS: ToolTable = {
  read_file: 'read',
  read_many_files: 'read',
  zoom_image: 'read',
  write_file: 'write',
  edit: 'edit',
  notebook_edit: 'edit',
  run_shell_command: 'shell',
  grep_search: 'search',
  glob: 'search',
  list_directory: 'search',
}

// Turns, tool calls; wall clock.
const LIMIT_EXITS: ReadonlySet<number> = new Set([53, 55])
const API_ERROR = /^\[API Error: /

/**
 * The stream-json of Qwen Code 0.24.4: the events of Claude Code, but every block is a message of its own, and the last
 * block of a response carries its usage. A run stopped by a limit writes no result.
 */
export function createQwenDialect(): StreamDialect {
  let sessionId: string | null = null
  let turns = 0
  let turnOpen = false
  let lastText: string | null = null
  let result: JsonObject | null = null
  let goesOn = false

  const facts = (): OutcomeFacts => ({
    ...present('sessionId', sessionId ?? asSessionId(result?.['session_id'])),
    ...present('usage', usageOf(result)),
    turns,
    ...present('finalText', asText(result?.['result']) ?? lastText),
  })

  const assistant = (value: JsonObject): readonly AgentEvent[] => {
    const message = asObject(value['message']) ?? {}
    const said = assistantEvents(message, TOOLS)
    const tokens = qwenTokens(asObject(message['usage']))
    const used: readonly AgentEvent[] = tokens === null || isZero(tokens) ? [] : [usageEvent(tokens)]
    const text = said.findLast((event) => event.type === 'text')
    const complaint = said.length === 1 && text?.type === 'text' && API_ERROR.test(text.text)
    if (complaint || asNonEmpty(value['parent_tool_use_id']) !== null) return [...said, ...used]

    if (text?.type === 'text') lastText = text.text
    const started: readonly AgentEvent[] = turnOpen ? [] : [{ type: 'turn_started' }]
    if (!turnOpen) {
      turns += 1
      goesOn = result !== null
    }
    turnOpen = used.length === 0
    return [...started, ...said, ...used]
  }

  const system = (value: JsonObject): readonly AgentEvent[] => {
    if (value['subtype'] === 'init') {
      const id = asSessionId(value['session_id'])
      if (id === null || id === sessionId) return []
      sessionId = id
      const version = asNonEmpty(value['qwen_code_version'])
      return [
        {
          type: 'session',
          sessionId: id,
          ...present('model', asNonEmpty(value['model'])),
          ...present('version', version),
        },
      ]
    }
    if (value['subtype'] === 'retry') return [retryEvent(value)]
    return [{ type: 'raw', name: `system/${asText(value['subtype']) ?? ''}`.slice(0, 80) }]
  }

  const event = (value: JsonObject): readonly AgentEvent[] | null => {
    switch (value['type']) {
      case 'system':
        return system(value)
      case 'assistant':
        return assistant(value)
      case 'user':
        turnOpen = false
        return toolResultEvents(asObject(value['message']) ?? {})
      case 'stream_event':
        return [{ type: 'raw', name: 'stream_event' }]
      case 'result':
        result = value
        goesOn = false
        return [{ type: 'raw', name: 'result' }]
      default:
        return null
    }
  }

  const outcome = (exit: ProcessExit): AgentOutcome | undefined => {
    if (result === null || goesOn) return outcomeOfExit(exit, facts())
    if (result['subtype'] === 'success' && result['is_error'] === false)
      return { status: 'success', ...facts() }
    const error = asObject(result['error']) ?? {}
    const message = asNonEmpty(error['message']) ?? asNonEmpty(result['result'])
    const names = [asText(error['type']), asText(error['code'])]
    return providerFailure({ message: message ?? 'the agent stopped with an error', names, exit }, facts())
  }

  return { event, outcome, facts, standing: () => (result === null || goesOn ? OPEN : ENDED) }
}

/** `input_tokens` holds cached ones. */
function qwenTokens(usage: JsonObject | null): TokenUsage | null {
  if (!hasCounts(usage, 'input_tokens', 'output_tokens')) return null
  const cacheRead = asCount(usage['cache_read_input_tokens'])
  const input = Math.max(0, asCount(usage['input_tokens']) - cacheRead)
  return { input, output: asCount(usage['output_tokens']), cacheRead, cacheWrite: 0 }
}

function usageEvent(tokens: TokenUsage): AgentEvent {
  return { type: 'usage', mode: 'delta', tokens, contextTokens: tokens.input + tokens.cacheRead }
}

/** Counted from the start of a resumed session, a hidden memory agent included. */
function usageOf(result: JsonObject | null): NonNullable<OutcomeFacts['usage']> | null {
  const tokens = qwenTokens(asObject(result?.['usage']))
  return tokens === null ? null : { tokens, scope: 'session' }
}

/** `{"subtype":"retry","data":{"attempt":1,"maxRetries":10,"delayMs":60000}}`; the reason is on stderr only. */
function retryEvent(value: JsonObject): AgentEvent {
  const data = asObject(value['data']) ?? {}
  const attempt = asOptionalCount(data['attempt'])
  return {
    type: 'retry_wait',
    status: null,
    untilMs: asMilliseconds(data['delayMs']),
    ...present('attempt', attempt),
  }
}

function outcomeOfExit(exit: ProcessExit, facts: OutcomeFacts): AgentOutcome | undefined {
  if (exit.code === null || !LIMIT_EXITS.has(exit.code)) return undefined
  const reason = stderrTail(exit).split('\n').at(-1) ?? ''
  const message = reason === '' ? 'a limit was reached' : reason
  return { status: 'failed', cause: 'limit', kind: 'budget', message, ...facts }
}
