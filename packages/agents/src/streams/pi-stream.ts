import type { AgentEvent, AgentOutcome, OutcomeFacts, ProcessExit, TokenUsage } from '../contract.js'
import {
  asArray,
  asCount,
  asMilliseconds,
  asNonEmpty,
  asObject,
  asOptionalCount,
  asSessionId,
  asText,
  asUsd,
  hasCounts,
  present,
  type JsonObject,
} from './json-value.js'
import { contentText } from './message-blocks.js'
import { statusInText } from '../failures/kind-of-status.js'
import { providerFailure } from '../failures/provider-failure.js'
import { ENDED, OPEN, type StreamDialect } from './stream-parser.js'
import { toolFinished, toolStarted, type ToolTable } from './tool-facts.js'
import { isZero } from './usage-sum.js'

const TOOLS: ToolTable = {
  read: 'read',
  write: 'write',
  edit: 'edit',
  bash: 'shell',
  powershell: 'shell',
  grep: 'search',
  find: 'search',
  ls: 'search',
}

const IDLE: ReadonlySet<string> = new Set([
  'turn_start',
  'turn_end',
  'message_update',
  'tool_execution_update',
  'auto_retry_end',
  'compaction_start',
  'summarization_retry_attempt_start',
  'summarization_retry_finished',
  'queue_update',
  'entry_appended',
  'session_info_changed',
  'thinking_level_changed',
])

/**
 * The events of `pi --mode json` (pi 1.6.0; 0.73.1 before it). It exits with 0 whatever happened: success is an
 * `agent_end` after a last message that stopped by itself. Failed calls that it repeats end the agent, too, and start it
 * again. Since 1.0 `agent_end` says whether a retry follows, and `agent_settled` is its last word.
 */
export function createPiDialect(): StreamDialect {
  let sessionId: string | null = null
  let turns = 0
  let lastText: string | null = null
  let last: JsonObject | null = null
  let agentEnded = false
  let settled = false

  const facts = (): OutcomeFacts => ({
    ...present('sessionId', sessionId),
    turns,
    ...present('finalText', lastText),
  })

  const messageStart = (message: JsonObject): readonly AgentEvent[] => {
    if (message['role'] !== 'assistant' || message['stopReason'] === 'error')
      return [{ type: 'raw', name: 'message' }]
    turns += 1
    return [{ type: 'turn_started' }]
  }

  const messageEnd = (message: JsonObject): readonly AgentEvent[] => {
    if (message['role'] !== 'assistant') return [{ type: 'raw', name: 'message' }]
    last = message
    const said = asArray(message['content']).flatMap((item) => blockEvents(asObject(item) ?? {}))
    const text = said.findLast((event) => event.type === 'text')
    if (text?.type === 'text') lastText = text.text
    return [...said, ...usageEvents(asObject(message['usage']))]
  }

  const event = (value: JsonObject): readonly AgentEvent[] | null => {
    const type = asText(value['type']) ?? ''
    const id = asText(value['toolCallId']) ?? ''
    switch (type) {
      case 'session':
        sessionId = asSessionId(value['id'])
        return sessionId === null ? [] : [{ type: 'session', sessionId }]
      case 'message_start':
        return messageStart(asObject(value['message']) ?? {})
      case 'message_end':
        return messageEnd(asObject(value['message']) ?? {})
      case 'tool_execution_start':
        return [toolStarted(id, asNonEmpty(value['toolName']) ?? 'tool', asObject(value['args']), TOOLS)]
      case 'tool_execution_end': {
        const output = contentText(asObject(value['result'])?.['content'])
        return [toolFinished(id, value['isError'] === false, output)]
      }
      case 'auto_retry_start':
        agentEnded = false
        return [retryEvent(value)]
      case 'summarization_retry_scheduled':
        return [retryEvent(value)]
      case 'agent_start':
        agentEnded = false
        return [{ type: 'raw', name: type }]
      case 'agent_end':
        agentEnded = value['willRetry'] !== true
        settled = value['willRetry'] === undefined
        return [{ type: 'raw', name: type }]
      case 'agent_settled':
        settled = true
        return [{ type: 'raw', name: type }]
      case 'compaction_end':
        return summaryEvents(asObject(value['result']))
      default:
        return IDLE.has(type) ? [{ type: 'raw', name: type }] : null
    }
  }

  const outcome = (exit: ProcessExit): AgentOutcome | undefined => {
    if (!agentEnded || last === null) return undefined
    const message = asNonEmpty(last['errorMessage'])
    switch (last['stopReason']) {
      case 'stop':
        // Silent in what comes afterwards, such as summing up, until it was ended: its work is done.
        return settled || exit.killedBy === 'guard' || exit.killedBy === 'ended'
          ? { status: 'success', ...facts() }
          : undefined
      case 'length': {
        const reason = message ?? 'the model ran out of output tokens'
        return { status: 'failed', cause: 'limit', kind: 'length', message: reason, ...facts() }
      }
      case 'aborted':
        return {
          status: 'failed',
          cause: 'interrupted',
          message: message ?? 'the agent was interrupted',
          ...facts(),
        }
      default:
        return providerFailure({ message: message ?? 'the last call of the model failed', exit }, facts())
    }
  }

  return { event, outcome, facts, standing: () => (agentEnded && settled && last !== null ? ENDED : OPEN) }
}

function blockEvents(block: JsonObject): readonly AgentEvent[] {
  const text = asNonEmpty(block['text'])
  if (block['type'] === 'text' && text !== null) return [{ type: 'text', text }]
  const thinking = asNonEmpty(block['thinking'])
  return block['type'] === 'thinking' && thinking !== null ? [{ type: 'reasoning', text: thinking }] : []
}

/** Summing up what came before costs a request of its own, which is no message; it says nothing of the context's size. */
function summaryEvents(result: JsonObject | null): readonly AgentEvent[] {
  const [used] = usageEvents(asObject(result?.['usage']))
  if (used?.type !== 'usage') return [{ type: 'raw', name: 'compaction_end' }]
  const { contextTokens: _ofSummary, ...rest } = used
  return [rest]
}

/** A cost of 0 for tokens that were used means that pi has no price for the model. */
function usageEvents(usage: JsonObject | null): readonly AgentEvent[] {
  if (!hasCounts(usage, 'input', 'output')) return []
  const tokens: TokenUsage = {
    input: asCount(usage['input']),
    output: asCount(usage['output']),
    cacheRead: asCount(usage['cacheRead']),
    cacheWrite: asCount(usage['cacheWrite']),
  }
  if (isZero(tokens)) return []
  const cost = asUsd(asObject(usage['cost'])?.['total'])
  const contextTokens = tokens.input + tokens.cacheRead + tokens.cacheWrite
  return [
    { type: 'usage', mode: 'delta', tokens, ...present('costUsd', cost === 0 ? null : cost), contextTokens },
  ]
}

function retryEvent(value: JsonObject): AgentEvent {
  return {
    type: 'retry_wait',
    status: statusInText(asText(value['errorMessage']) ?? ''),
    untilMs: asMilliseconds(value['delayMs']),
    ...present('attempt', asOptionalCount(value['attempt'])),
  }
}
