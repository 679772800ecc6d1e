import type { AgentEvent, AgentOutcome, OutcomeFacts, ProcessExit, StreamStanding } from '../contract.js'
import { decodeFollowed, type FollowedRecord } from '../follow/followed-line.js'
import { providerFailure } from '../failures/provider-failure.js'
import {
  asArray,
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
import { ENDED, OPEN, type StreamDialect } from './stream-parser.js'
import { toolFinished, toolStarted, type ToolTable } from './tool-facts.js'

const TOOLS: ToolTable = {
  read: 'read',
  readmediafile: 'read',
  write: 'write',
  edit: 'edit',
  bash: 'shell',
  grep: 'search',
  glob: 'search',
}

/** What is wanted of the files of a session: lines that contain one of these. */
export const KIMI_RECORDS: readonly string[] = [
  '"type":"usage.record"',
  '"type":"step.begin"',
  '"type":"step.end"',
  '"type":"tool.call"',
  '"type":"tool.result"',
  '"type":"llm.request"',
  '"type":"turn.ended"',
]

const PLACE = /\/(session_[^/]+)\/agents\/([^/]+)\/wire\.jsonl$/

/**
 * The lines of `kimi -p --output-format stream-json` (Kimi Code 2.1.0), with the records of its session between them. The
 * records are what counts for turns, tools, tokens and failures. Without them (files of a later version, named otherwise)
 * the lines alone tell the turns and the tools. The hint how to resume is its last line, and comes after a success only;
 * it may begin further turns before, for tasks in the background.
 */
export function createKimiDialect(): StreamDialect {
  let sessionId: string | null = null
  let sessionModel: string | null = null
  let turns = 0
  let lastText: string | null = null
  let isFollowed = false
  let isCut = false
  let ending: JsonObject | null = null
  let hinted = false

  const facts = (): OutcomeFacts => ({
    ...present('sessionId', sessionId),
    turns,
    ...present('finalText', lastText),
  })

  const named = (id: string | null, model: string | null): readonly AgentEvent[] => {
    if (id === null || (id === sessionId && (model === null || model === sessionModel))) return []
    sessionId = id
    sessionModel = model ?? sessionModel
    return [{ type: 'session', sessionId: id, ...present('model', sessionModel) }]
  }

  const turn = (): AgentEvent => {
    turns += 1
    return { type: 'turn_started' }
  }

  /** Steps and tools of one agent. */
  const looped = (record: JsonObject, isMain: boolean): readonly AgentEvent[] => {
    const id = asText(record['toolCallId']) ?? ''
    switch (record['type']) {
      case 'step.begin':
        // Whatever happened, the agent continues.
        if (isMain) ending = null
        return []
      case 'step.end':
        if (isMain) isCut = record['finishReason'] === 'max_tokens'
        return []
      case 'tool.call':
        return [toolStarted(id, asNonEmpty(record['name']) ?? 'tool', asObject(record['args']), TOOLS)]
      case 'tool.result': {
        const result = asObject(record['result'])
        return [toolFinished(id, result?.['isError'] !== true, outputText(result?.['output']))]
      }
      default:
        return []
    }
  }

  const noted = ({ path, event }: FollowedRecord): readonly AgentEvent[] => {
    const [, session, agent] = PLACE.exec(path) ?? []
    const isMain = agent === 'main'
    isFollowed = true
    const known = isMain ? named(asSessionId(session), null) : []
    switch (event?.['type']) {
      case 'usage.record': {
        // A step that failed has none, and what summing up takes belongs to the session.
        const answered = isMain && event['usageScope'] === 'turn' ? [turn()] : []
        return [...known, ...answered, ...usageEvents(asObject(event['usage']), isMain)]
      }
      case 'llm.request':
        return isMain ? [...known, ...named(sessionId, asNonEmpty(event['model']))] : known
      case 'context.append_loop_event':
        return [...known, ...looped(asObject(event['event']) ?? {}, isMain)]
      case 'turn.ended':
        if (isMain) ending = event
        return known
      default:
        return known
    }
  }

  const said = (message: JsonObject): readonly AgentEvent[] => {
    const text = asNonEmpty(message['content'])
    lastText = text ?? lastText
    const texts: readonly AgentEvent[] = text === null ? [] : [{ type: 'text', text }]
    if (isFollowed) return texts
    const calls = asArray(message['tool_calls']).map((call) => startedTool(asObject(call) ?? {}))
    return [turn(), ...texts, ...calls]
  }

  const event = (value: JsonObject): readonly AgentEvent[] | null => {
    const followed = decodeFollowed(value)
    if (followed !== null) return noted(followed)
    switch (value['role']) {
      case 'assistant':
        return said(value)
      case 'tool':
        return isFollowed ? [{ type: 'raw', name: 'tool' }] : [finishedTool(value)]
      case 'meta': {
        const type = asText(value['type']) ?? ''
        if (type === 'turn.step.retrying') return [retryEvent(value)]
        hinted = type === 'session.resume_hint'
        return orRaw(hinted ? named(asSessionId(value['session_id']), null) : [], type.slice(0, 80))
      }
      default:
        return null
    }
  }

  // The records may come after the hint.
  const isOver = (): boolean => hinted && (!isFollowed || ending?.['reason'] === 'completed')

  const outcome = (exit: ProcessExit): AgentOutcome | undefined => {
    const reason = ending?.['reason']
    if (reason === 'failed') return failureOf(asObject(ending?.['error']), exit, facts())
    if (reason === 'cancelled')
      return { status: 'failed', cause: 'interrupted', message: 'the agent was interrupted', ...facts() }
    if (!isOver()) return undefined
    if (isCut)
      return {
        status: 'failed',
        cause: 'limit',
        kind: 'length',
        message: 'the model ran out of output tokens',
        ...facts(),
      }
    return { status: 'success', ...facts() }
  }

  // A turn that failed ends the program.
  const standing = (): StreamStanding => (isOver() || ending?.['reason'] === 'failed' ? ENDED : OPEN)

  return { event, outcome, facts, standing }
}

function orRaw(events: readonly AgentEvent[], name: string): readonly AgentEvent[] {
  return events.length > 0 ? events : [{ type: 'raw', name }]
}

/** Sub-agents are paid for, too; how full a context is, is said of the agent itself. */
function usageEvents(usage: JsonObject | null, isMain: boolean): readonly AgentEvent[] {
  if (!hasCounts(usage, 'inputOther', 'output')) return []
  const tokens = {
    input: asCount(usage['inputOther']),
    output: asCount(usage['output']),
    cacheRead: asCount(usage['inputCacheRead']),
    cacheWrite: asCount(usage['inputCacheCreation']),
  }
  const contextTokens = tokens.input + tokens.cacheRead + tokens.cacheWrite
  return [{ type: 'usage', mode: 'delta', tokens, ...(isMain ? { contextTokens } : {}) }]
}

function startedTool(call: JsonObject): AgentEvent {
  const called = asObject(call['function'])
  return toolStarted(
    asText(call['id']) ?? '',
    asNonEmpty(called?.['name']) ?? 'tool',
    parsed(asText(called?.['arguments']) ?? ''),
    TOOLS,
  )
}

/** Without the records, only the words of the result tell that a tool has failed. */
function finishedTool(message: JsonObject): AgentEvent {
  const output = outputText(message['content'])
  const ok = !/^Invalid args for tool |\bCommand failed with exit code: \d+\.?$/.test(output ?? '')
  return toolFinished(asText(message['tool_call_id']) ?? '', ok, output)
}

function parsed(text: string): JsonObject | null {
  try {
    return asObject(JSON.parse(text))
  } catch {
    return null
  }
}

function outputText(output: unknown): string | null {
  if (output === undefined) return null
  return asText(output) ?? JSON.stringify(output)
}

function failureOf(error: JsonObject | null, exit: ProcessExit, facts: OutcomeFacts): AgentOutcome {
  const message = asNonEmpty(error?.['message']) ?? 'the turn failed'
  const names = [asText(error?.['code']), asText(error?.['name'])]
  const status = asOptionalCount(asObject(error?.['details'])?.['statusCode'])
  return providerFailure({ message, names, status, exit }, facts)
}

function retryEvent(value: JsonObject): AgentEvent {
  return {
    type: 'retry_wait',
    status: asOptionalCount(value['status_code']),
    untilMs: asMilliseconds(value['delay_ms']),
    ...present('attempt', asOptionalCount(value['failed_attempt'])),
  }
}
