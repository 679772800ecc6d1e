import type { AgentEvent, AgentOutcome, OutcomeFacts, ProcessExit, TokenUsage } from '../contract.js'
import {
  asCount,
  asNonEmpty,
  asObject,
  asSessionId,
  asText,
  asUsd,
  hasCounts,
  present,
  type JsonObject,
} from './json-value.js'
import { stderrTail } from './missing-result.js'
import { providerFailure } from './provider-failure.js'
import { retryAfterHeader } from './retry-time.js'
import type { StreamDialect } from './stream-parser.js'
import { toolFinished, toolStarted, type ToolTable } from './tool-facts.js'
import { NO_TOKENS } from './usage-sum.js'

const TOOLS: ToolTable = {
  read: 'read',
  write: 'write',
  edit: 'edit',
  multiedit: 'edit',
  patch: 'edit',
  apply_patch: 'edit',
  bash: 'shell',
  grep: 'search',
  glob: 'search',
  list: 'search',
  codesearch: 'search',
}

/**
 * The events of `opencode run --format json` (OpenCode 1.18.33). A step is a turn; a tool is seen only when it has
 * ended. No event ends the stream: a last step with reason `stop`, end of file and exit code 0 do.
 */
export function createOpencodeDialect(): StreamDialect {
  let sessionId: string | null = null
  let turns = 0
  let lastText: string | null = null
  let reason: string | null = null
  let error: JsonObject | null = null

  const facts = (): OutcomeFacts => ({
    ...present('sessionId', sessionId),
    turns,
    ...present('finalText', lastText),
  })

  const session = (value: JsonObject): readonly AgentEvent[] => {
    const id = asSessionId(value['sessionID'])
    if (id === null || id === sessionId) return []
    sessionId = id
    return [{ type: 'session', sessionId: id }]
  }

  const body = (value: JsonObject): readonly AgentEvent[] | null => {
    const part = asObject(value['part']) ?? {}
    switch (value['type']) {
      case 'step_start':
        turns += 1
        reason = null
        return [{ type: 'turn_started' }]
      case 'text': {
        lastText = asText(part['text']) ?? lastText
        return textEvent('text', part)
      }
      case 'reasoning':
        return textEvent('reasoning', part)
      case 'tool_use':
        return toolEvents(part)
      case 'step_finish':
        reason = asText(part['reason'])
        return [stepUsage(part)]
      case 'error':
        error = asObject(value['error']) ?? {}
        return [{ type: 'raw', name: 'error' }]
      default:
        return null
    }
  }

  const event = (value: JsonObject): readonly AgentEvent[] | null => {
    const events = body(value)
    return events === null ? null : [...session(value), ...events]
  }

  const outcome = (exit: ProcessExit): AgentOutcome | undefined => {
    if (error !== null) return failureOf(error, facts())
    if (reason === 'length') {
      return { status: 'failed', cause: 'limit', message: 'the model ran out of output tokens', ...facts() }
    }
    if (reason === 'stop' && exit.code === 0) return { status: 'success', ...facts() }
    return sessionId === null ? refusedSession(exit) : undefined
  }

  return { event, outcome, facts }
}

function textEvent(type: 'text' | 'reasoning', part: JsonObject): readonly AgentEvent[] {
  const text = asNonEmpty(part['text'])
  return text === null ? [] : [{ type, text }]
}

function toolEvents(part: JsonObject): readonly AgentEvent[] {
  const state = asObject(part['state']) ?? {}
  const id = asText(part['callID']) ?? ''
  const exitCode = asObject(state['metadata'])?.['exit']
  const ok = state['status'] === 'completed' && (typeof exitCode !== 'number' || exitCode === 0)
  const started = toolStarted(id, asNonEmpty(part['tool']) ?? 'tool', asObject(state['input']), TOOLS)
  return [started, toolFinished(id, ok, asText(state['output']) ?? asText(state['error']))]
}

/** A cost of 0 for tokens that were used means that OpenCode has no price for the model. */
function stepUsage(part: JsonObject): AgentEvent {
  const tokens = stepTokens(asObject(part['tokens']))
  const cost = asUsd(part['cost'])
  const contextTokens = tokens.input + tokens.cacheRead + tokens.cacheWrite
  return {
    type: 'usage',
    mode: 'delta',
    tokens,
    ...present('costUsd', cost === 0 ? null : cost),
    contextTokens,
  }
}

function stepTokens(tokens: JsonObject | null): TokenUsage {
  if (!hasCounts(tokens, 'input', 'output')) return NO_TOKENS
  const cache = asObject(tokens['cache']) ?? {}
  return {
    input: asCount(tokens['input']),
    output: asCount(tokens['output']) + asCount(tokens['reasoning']),
    cacheRead: asCount(cache['read']),
    cacheWrite: asCount(cache['write']),
  }
}

function failureOf(error: JsonObject, facts: OutcomeFacts): AgentOutcome {
  const data = asObject(error['data']) ?? {}
  const name = asNonEmpty(error['name']) ?? 'error'
  const message = asNonEmpty(data['message']) ?? name
  if (name === 'ProviderAuthError') return { status: 'failed', cause: 'auth', message, ...facts }
  if (name === 'ProviderModelNotFoundError')
    return { status: 'failed', cause: 'configuration', message, ...facts }
  if (name === 'MessageAbortedError') return { status: 'failed', cause: 'interrupted', message, ...facts }
  if (name === 'MessageOutputLengthError') return { status: 'failed', cause: 'limit', message, ...facts }
  const status = asCount(data['statusCode'])
  const retryAt = retryAfterHeader(asObject(data['responseHeaders'])?.['retry-after'])
  return providerFailure({ message, status: status === 0 ? null : status, retryAt }, facts)
}

function refusedSession(exit: ProcessExit): AgentOutcome | undefined {
  const said = stderrTail(exit)
  if (!/\bSession not found\b/.test(said)) return undefined
  return { status: 'failed', cause: 'error', message: said, sessionRefused: true, turns: 0 }
}
