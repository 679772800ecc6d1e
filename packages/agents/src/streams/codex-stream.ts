import type {
  AgentEvent,
  AgentOutcome,
  OutcomeFacts,
  ProcessExit,
  StreamStanding,
  TokenUsage,
} from '../contract.js'
import { decodeFollowed } from '../follow/followed-line.js'
import { codexItemEvents, isModelOutput, isSubAgent, isToolItem } from './codex-items.js'
import { asNonEmpty, asObject, asSessionId, asText, present, type JsonObject } from './json-value.js'
import { createCodexNotes, codexTokens } from './codex-notes.js'
import { statusInText } from '../failures/kind-of-status.js'
import { providerFailure } from '../failures/provider-failure.js'
import { ENDED, OPEN, type StreamDialect } from './stream-parser.js'

const RECONNECTING = /^Reconnecting\.\.\. (\d+)\/\d+/
// Without a network it says so after 5 s, 10 s, 20 s, and so on, and never gives up (seen with 0.169.0).
const WAITING = /^Reconnecting\.\.\. waiting for network\b/

/**
 * The events of `codex exec --json` (Codex 0.169.0). One `turn.completed` covers many calls of the model, so turns are
 * counted from items: a second message, and whatever the model says or starts after a tool has ended, belong to its next
 * response. Several tools asked for at once run one after the other and look like several responses.
 */
export function createCodexDialect(): StreamDialect {
  const started = new Set<string>()
  let sessionId: string | null = null
  let turns = 0
  let turnOpen = false
  let toolEnded = false
  let spoken = false
  let lastText: string | null = null
  let lastError: string | null = null
  let errorNames: readonly (string | null)[] = []
  let hasSubAgents = false
  let usage: TokenUsage | null = null
  const notes = createCodexNotes()
  let ended: 'completed' | 'failed' | null = null

  const facts = (): OutcomeFacts => ({
    ...present('sessionId', sessionId),
    ...present('usage', usageFact()),
    turns,
    ...present('finalText', lastText),
    ...(hasSubAgents && !notes.hasSubAgents ? { partial: true as const } : {}),
  })

  const usageFact = (): NonNullable<OutcomeFacts['usage']> | null => {
    const noted = notes.complete(usage)
    if (noted !== null) return { tokens: noted, scope: 'launch' }
    // Counted from the start of a resumed thread.
    return usage === null ? null : { tokens: usage, scope: 'session' }
  }

  const turnEvents = (message: boolean): readonly AgentEvent[] => {
    const sameResponse = turnOpen && !toolEnded && !(message && spoken)
    spoken = message || (sameResponse && spoken)
    if (sameResponse) return []
    turnOpen = true
    toolEnded = false
    turns += 1
    return [{ type: 'turn_started' }]
  }

  const item = (value: JsonObject, phase: string): readonly AgentEvent[] => {
    const details = asObject(value['item']) ?? {}
    const id = asText(details['id']) ?? ''
    const first = !started.has(id)
    const output = isModelOutput(details)
    hasSubAgents ||= isSubAgent(details)
    // It continues after its turn was over: another end is to come. Or the network is there again.
    if (output && first) ended = null
    if (output && lastError !== null && WAITING.test(lastError)) lastError = null
    const turn = output && first ? turnEvents(details['type'] === 'agent_message') : []
    if (output) started.add(id)
    const done = phase === 'item.completed'
    if (done && isToolItem(details)) toolEnded = true
    if (done && details['type'] === 'agent_message') lastText = asText(details['text']) ?? lastText
    return [...turn, ...codexItemEvents(details, { first, done })]
  }

  const error = (message: string): readonly AgentEvent[] => {
    if (WAITING.test(message)) {
      lastError = message
      return [{ type: 'retry_wait', status: null, untilMs: null }]
    }
    const attempt = RECONNECTING.exec(message)?.[1]
    if (attempt === undefined) {
      lastError = message
      return [{ type: 'raw', name: 'error' }]
    }
    return [{ type: 'retry_wait', status: statusInText(message), untilMs: null, attempt: Number(attempt) }]
  }

  const failed = (error: JsonObject): void => {
    lastError = asNonEmpty(error['message']) ?? lastError
    const info = error['codex_error_info'] ?? error['codexErrorInfo']
    const name = asText(info) ?? Object.keys(asObject(info) ?? {})[0] ?? null
    errorNames = [name, asText(error['code']), asText(error['type'])]
  }

  const event = (value: JsonObject): readonly AgentEvent[] | null => {
    const followed = decodeFollowed(value)
    if (followed !== null) return notes.take(followed.event, sessionId)
    switch (value['type']) {
      case 'thread.started':
        sessionId = asSessionId(value['thread_id'])
        return sessionId === null ? [] : [{ type: 'session', sessionId }]
      case 'turn.started':
        ended = null
        lastError = null
        turnOpen = false
        return [{ type: 'raw', name: 'turn.started' }]
      case 'item.started':
      case 'item.updated':
      case 'item.completed':
        return item(value, value['type'])
      case 'turn.completed':
        usage = codexTokens(asObject(value['usage']))
        ended = 'completed'
        return [{ type: 'raw', name: 'turn.completed' }]
      case 'turn.failed':
        failed(asObject(value['error']) ?? {})
        ended = 'failed'
        return [{ type: 'raw', name: 'turn.failed' }]
      case 'error':
        return error(asText(value['message']) ?? '')
      default:
        return null
    }
  }

  const outcome = (exit: ProcessExit): AgentOutcome | undefined => {
    if (ended === 'completed') return { status: 'success', ...facts() }
    if (ended === 'failed' || lastError !== null) {
      return providerFailure({ message: lastError ?? 'the turn failed', names: errorNames, exit }, facts())
    }
    return undefined
  }

  const standing = (): StreamStanding => {
    if (ended !== null) return ENDED
    return lastError === null ? OPEN : { lastWord: 'error', background: 0 }
  }

  return { event, outcome, facts, standing }
}
