import type {
  AgentEvent,
  AgentOutcome,
  FailureCause,
  FailureKind,
  OutcomeFacts,
  ProcessExit,
  StreamStanding,
  TokenUsage,
} from '../contract.js'
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
import { classifyFailure } from '../failures/classify-failure.js'
import { providerFailure } from '../failures/provider-failure.js'
import { retryTimeInHeaders } from '../failures/retry-time.js'
import { ENDED, OPEN, type StreamDialect } from './stream-parser.js'
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

const UNSAID = 'the provider ended the turn without saying why'
const BAD_FINISH: Readonly<Record<string, readonly [FailureCause, FailureKind | null, string]>> = {
  length: ['limit', 'length', 'the model ran out of output tokens'],
  'content-filter': ['error', 'refusal', "the provider's content filter ended the turn"],
  error: ['error', null, 'the turn ended in an error that the provider did not explain'],
  unknown: ['error', null, UNSAID],
  other: ['error', null, UNSAID],
}

/**
 * The events of `opencode run --format json` (OpenCode 1.18.33). A step is a turn; a tool is seen only when it has
 * ended. No event ends the stream: a last step with reason `stop`, end of file and exit code 0 do. After an error it may
 * continue (it makes a full session smaller), and then its exit code still reports the error.
 */
export function createOpencodeDialect(): StreamDialect {
  let sessionId: string | null = null
  let turns = 0
  let lastText: string | null = null
  let reason: string | null = null
  let error: JsonObject | null = null
  let recovered = false
  let hasSubAgents = false

  const facts = (): OutcomeFacts => ({
    ...present('sessionId', sessionId),
    turns,
    ...present('finalText', lastText),
    ...(hasSubAgents ? { partial: true as const } : {}),
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
        recovered ||= error !== null
        error = null
        return [{ type: 'turn_started' }]
      case 'text': {
        lastText = asText(part['text']) ?? lastText
        return textEvent('text', part)
      }
      case 'reasoning':
        return textEvent('reasoning', part)
      case 'tool_use':
        hasSubAgents ||= part['tool'] === 'task'
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
    if (error !== null) return failureOf(error, exit, facts())
    if (reason === null) return undefined
    const ended = exit.code === 0 || exit.killedBy !== undefined || (recovered && exit.signal === null)
    if (reason === 'stop') return ended ? { status: 'success', ...facts() } : undefined
    const bad = Object.hasOwn(BAD_FINISH, reason) ? BAD_FINISH[reason] : undefined
    if (bad === undefined) return undefined
    const [cause, kind, message] = bad
    return { status: 'failed', cause, ...present('kind', kind), message, ...facts() }
  }

  const standing = (): StreamStanding => {
    // It may make a full session smaller, silently, and continue.
    if (error !== null) return isOverflow(error) ? OPEN : { lastWord: 'error', background: 0 }
    return reason !== null && reason !== 'tool-calls' ? ENDED : OPEN
  }

  return { event, outcome, facts, standing }
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

function isOverflow(error: JsonObject): boolean {
  const message = asNonEmpty(asObject(error['data'])?.['message']) ?? ''
  return classifyFailure({ message, names: [asText(error['name'])] }) === 'context'
}

function failureOf(error: JsonObject, exit: ProcessExit, facts: OutcomeFacts): AgentOutcome {
  const data = asObject(error['data']) ?? {}
  const name = asNonEmpty(error['name']) ?? 'error'
  const message = asNonEmpty(data['message']) ?? name
  if (name === 'MessageAbortedError') return { status: 'failed', cause: 'interrupted', message, ...facts }
  const status = asCount(data['statusCode'])
  const retryAt = retryTimeInHeaders(asObject(data['responseHeaders']))
  return providerFailure(
    { message, names: [name], status: status === 0 ? null : status, retryAt, exit },
    facts,
  )
}
