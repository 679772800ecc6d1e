import type { AgentEvent, AgentOutcome, OutcomeFacts, ProcessExit, StreamStanding } from '../contract.js'
import { decodeFollowed, type FollowedRecord } from '../follow/followed-line.js'
import {
  asCount,
  asNonEmpty,
  asNumber,
  asObject,
  asOptionalCount,
  asSessionId,
  asText,
  hasCounts,
  present,
  type JsonObject,
} from './json-value.js'
import { providerFailure } from '../failures/provider-failure.js'
import { ENDED, OPEN, type StreamDialect } from './stream-parser.js'
import { toolFinished, toolStarted, type ToolTable } from './tool-facts.js'

const TOOLS: ToolTable = {
  view: 'read',
  create: 'write',
  edit: 'edit',
  str_replace: 'edit',
  str_replace_editor: 'edit',
  apply_patch: 'edit',
  bash: 'shell',
  powershell: 'shell',
  grep: 'search',
  rg: 'search',
  glob: 'search',
}

const SESSION_OF_PATH = /\/session-state\/([^/]+)\/events\.jsonl$/

/**
 * The events of `copilot --output-format json` (Copilot CLI 1.0.102). The session's id comes with the result only, and
 * no event tells tokens: both are in the events of the session, which Gump puts into the stream. A provider that refuses is a `session.error` before the result; with another model it may continue.
 */
export function createCopilotDialect(): StreamDialect {
  let sessionId: string | null = null
  let sessionModel: string | null = null
  let turns = 0
  let lastText: string | null = null
  let lastStatus: number | null = null
  let error: JsonObject | null = null
  let aborted = false
  /** Sub-agents were started, and the notes of the session have not told what they use. */
  let hasSubAgents = false
  let toldOfSubAgents = false
  let exitCode: number | null = null

  const facts = (): OutcomeFacts => ({
    ...present('sessionId', sessionId),
    turns,
    ...present('finalText', lastText),
    ...(hasSubAgents && !toldOfSubAgents ? { partial: true as const } : {}),
  })

  const finished = (data: JsonObject): AgentEvent => {
    const output =
      asText(asObject(data['result'])?.['content']) ?? asText(asObject(data['error'])?.['message'])
    // `success` is about the tool; the result of its command stands beside it.
    const exitCode = asObject(data['shellExecution'])?.['exitCode']
    const ok = data['success'] === true && (typeof exitCode !== 'number' || exitCode === 0)
    return toolFinished(asText(data['toolCallId']) ?? '', ok, output)
  }

  const named = (id: string | null, model: string | null): readonly AgentEvent[] => {
    if (id === null || (id === sessionId && (model === null || model === sessionModel))) return []
    sessionId = id
    sessionModel = model ?? sessionModel
    return [{ type: 'session', sessionId: id, ...present('model', sessionModel) }]
  }

  const result = (value: JsonObject): readonly AgentEvent[] => {
    exitCode = asNumber(value['exitCode'])
    return named(asSessionId(value['sessionId']), null)
  }

  const noted = ({ path, event }: FollowedRecord): readonly AgentEvent[] => {
    const usage = asObject(asObject(event?.['data'])?.['usage'])
    toldOfSubAgents ||= /sub-?agent/i.test(asText(usage?.['interactionType']) ?? '')
    const id = asSessionId(SESSION_OF_PATH.exec(path)?.[1])
    return [...named(id, asNonEmpty(usage?.['model'])), ...usageEvents(usage)]
  }

  const event = (value: JsonObject): readonly AgentEvent[] | null => {
    const followed = decodeFollowed(value)
    if (followed !== null) return noted(followed)
    const type = asText(value['type']) ?? ''
    const data = asObject(value['data']) ?? {}
    switch (type) {
      case 'assistant.turn_start':
        turns += 1
        // Whatever happened, the agent continues: with another model, or after its result.
        error = null
        exitCode = null
        aborted = false
        return [{ type: 'turn_started' }]
      case 'assistant.message':
        lastText = asNonEmpty(data['content']) ?? lastText
        return textEvent('text', data)
      case 'assistant.reasoning':
        return textEvent('reasoning', data)
      case 'tool.execution_start': {
        const tool = asNonEmpty(data['toolName']) ?? 'tool'
        return [toolStarted(asText(data['toolCallId']) ?? '', tool, asObject(data['arguments']), TOOLS)]
      }
      case 'tool.execution_complete':
        return [finished(data)]
      case 'model.call_failure':
        lastStatus = asOptionalCount(data['statusCode'])
        return [{ type: 'raw', name: type }]
      case 'assistant.turn_retry':
        return [{ type: 'retry_wait', status: lastStatus, untilMs: null }]
      case 'session.error':
        error = data
        return [{ type: 'raw', name: type }]
      case 'subagent.started':
        hasSubAgents = true
        return [{ type: 'raw', name: type }]
      case 'abort':
        aborted = true
        return [{ type: 'raw', name: type }]
      case 'result':
        return result(value)
      default:
        return /^(?:session|agent|assistant|model|tool|user|subagent|hook|permission)\./.test(type)
          ? [{ type: 'raw', name: type.slice(0, 80) }]
          : null
    }
  }

  const outcome = (exit: ProcessExit): AgentOutcome | undefined => {
    if (error !== null) return failureOf(error, exit, facts())
    if (aborted)
      return { status: 'failed', cause: 'interrupted', message: 'the agent was interrupted', ...facts() }
    if (exitCode === 0) return { status: 'success', ...facts() }
    if (exitCode !== null) {
      return {
        status: 'failed',
        cause: 'error',
        message: `the agent ended with code ${exitCode}`,
        ...facts(),
      }
    }
    return undefined
  }

  const standing = (): StreamStanding => {
    if (exitCode !== null) return ENDED
    return error === null ? OPEN : { lastWord: 'error', background: 0 }
  }

  return { event, outcome, facts, standing }
}

/** What went into the cache and came out of it is part of the input there. */
function usageEvents(usage: JsonObject | null): readonly AgentEvent[] {
  if (!hasCounts(usage, 'inputTokens', 'outputTokens')) return []
  const cacheRead = asCount(usage['cacheReadTokens'])
  const cacheWrite = asCount(usage['cacheWriteTokens'])
  const contextTokens = asCount(usage['inputTokens'])
  const input = Math.max(0, contextTokens - cacheRead - cacheWrite)
  const tokens = { input, output: asCount(usage['outputTokens']), cacheRead, cacheWrite }
  return [{ type: 'usage', mode: 'delta', tokens, contextTokens }]
}

function textEvent(type: 'text' | 'reasoning', data: JsonObject): readonly AgentEvent[] {
  const text = asNonEmpty(data['content'])
  return text === null ? [] : [{ type, text }]
}

function failureOf(error: JsonObject, exit: ProcessExit, facts: OutcomeFacts): AgentOutcome {
  const message = asNonEmpty(error['message']) ?? 'the session ended with an error'
  const names = [asText(error['errorType']), asText(error['code'])]
  return providerFailure({ message, names, status: asOptionalCount(error['statusCode']), exit }, facts)
}
