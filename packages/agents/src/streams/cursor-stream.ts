import type { AgentEvent, AgentOutcome, OutcomeFacts, ProcessExit, TokenUsage } from '../contract.js'
import {
  asCount,
  asNonEmpty,
  asObject,
  asSessionId,
  asText,
  hasCounts,
  present,
  type JsonObject,
} from './json-value.js'
import { assistantEvents, contentText } from './message-blocks.js'
import { providerFailure } from '../failures/provider-failure.js'
import { ENDED, OPEN, type StreamDialect } from './stream-parser.js'
import { toolFinished, toolStarted, type ToolTable } from './tool-facts.js'

// Kind of a call by the key that holds it: `editToolCall`, `shellToolCall`.
const TOOLS: ToolTable = {
  read: 'read',
  write: 'write',
  edit: 'edit',
  delete: 'edit',
  shell: 'shell',
  grep: 'search',
  glob: 'search',
  ls: 'search',
  semsearch: 'search',
}
const CALL_KEY = /^(\w+)ToolCall$/

/** The stream-json of Cursor's agent, from its published format. A turn is a new `model_call_id`. */
export function createCursorDialect(): StreamDialect {
  let sessionId: string | null = null
  let turns = 0
  let call: string | null = null
  let lastText: string | null = null
  let result: JsonObject | null = null
  let goesOn = false
  let hasSubAgents = false

  const facts = (): OutcomeFacts => ({
    ...present('sessionId', sessionId ?? asSessionId(result?.['session_id'])),
    ...present('usage', usageOf(result)),
    turns,
    ...present('finalText', asText(result?.['result']) ?? lastText),
    ...(hasSubAgents ? { partial: true as const } : {}),
  })

  const turn = (value: JsonObject): readonly AgentEvent[] => {
    const id = asNonEmpty(value['model_call_id'])
    if (id === null ? call !== null : id === call) return []
    call = id ?? ''
    turns += 1
    goesOn = result !== null
    return [{ type: 'turn_started' }]
  }

  const assistant = (value: JsonObject): readonly AgentEvent[] => {
    const said = assistantEvents(asObject(value['message']) ?? {}, TOOLS)
    const text = said.findLast((event) => event.type === 'text')
    if (text?.type === 'text') lastText = text.text
    return [...turn(value), ...said]
  }

  const event = (value: JsonObject): readonly AgentEvent[] | null => {
    switch (value['type']) {
      case 'system': {
        const id = asSessionId(value['session_id'])
        if (value['subtype'] !== 'init' || id === null) return [{ type: 'raw', name: 'system' }]
        sessionId = id
        return [{ type: 'session', sessionId: id, ...present('model', asNonEmpty(value['model'])) }]
      }
      case 'user':
      case 'thinking':
        return [{ type: 'raw', name: value['type'] }]
      case 'assistant':
        return assistant(value)
      case 'tool_call':
        hasSubAgents ||= Object.keys(asObject(value['tool_call']) ?? {}).includes('taskToolCall')
        return [...turn(value), ...toolCall(value)]
      case 'result':
        result = value
        goesOn = false
        return [{ type: 'raw', name: 'result' }]
      default:
        return null
    }
  }

  const outcome = (exit: ProcessExit): AgentOutcome | undefined => {
    if (result === null || goesOn) return undefined
    if (result['subtype'] === 'success' && result['is_error'] === false)
      return { status: 'success', ...facts() }
    const text = asNonEmpty(result['result']) ?? asNonEmpty(asObject(result['error'])?.['message'])
    const failure = providerFailure({ message: text ?? 'the agent stopped with an error', exit }, facts())
    if (result['is_error'] === true || (failure.status === 'failed' && failure.kind !== undefined))
      return failure
    const what = 'the result does not tell whether it is a success'
    return {
      status: 'failed',
      cause: 'no_result',
      message: text === null ? what : `${what}; it says: ${text}`,
      ...facts(),
    }
  }

  return { event, outcome, facts, standing: () => (result === null || goesOn ? OPEN : ENDED) }
}

function toolCall(value: JsonObject): readonly AgentEvent[] {
  const id = asText(value['call_id']) ?? ''
  const calls = asObject(value['tool_call']) ?? {}
  const key = Object.keys(calls).find((name) => CALL_KEY.test(name))
  const name = key === undefined ? 'tool' : (CALL_KEY.exec(key)?.[1] ?? 'tool')
  const call = asObject(key === undefined ? null : calls[key]) ?? {}
  if (value['subtype'] === 'started') return [toolStarted(id, name, asObject(call['args']), TOOLS)]
  if (value['subtype'] !== 'completed') return [{ type: 'raw', name: 'tool_call' }]
  const outcome = asObject(call['result']) ?? {}
  const success = asObject(outcome['success'])
  const exitCode = success?.['exitCode']
  const ok = success !== null && (typeof exitCode !== 'number' || exitCode === 0)
  return [toolFinished(id, ok, asText(success?.['stdout']) ?? contentText(success?.['content']))]
}

function usageOf(result: JsonObject | null): NonNullable<OutcomeFacts['usage']> | null {
  const usage = asObject(result?.['usage'])
  if (!hasCounts(usage, 'inputTokens', 'outputTokens')) return null
  const tokens: TokenUsage = {
    input: asCount(usage['inputTokens']),
    output: asCount(usage['outputTokens']),
    cacheRead: asCount(usage['cacheReadTokens']),
    cacheWrite: asCount(usage['cacheWriteTokens']),
  }
  return { tokens, scope: 'launch' }
}
