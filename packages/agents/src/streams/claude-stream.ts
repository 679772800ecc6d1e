import type { AgentEvent, AgentOutcome, OutcomeFacts, ToolKind } from '../contract.js'
import { addFigures, claudeFigures, counterScope, figureFacts, type ClaudeFigures } from './claude-figures.js'
import { claudeOutcome } from './claude-result.js'
import { createClaudeTasks } from './claude-tasks.js'
import { createClaudeUsage, speakerOf, stopReasonOf, type Speaker } from './claude-usage.js'
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
import { assistantEvents, contentText, toolResultEvents } from './message-blocks.js'
import type { StreamDialect } from './stream-parser.js'

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

/** The stream-json of Claude Code 2.1.329, with or without partial messages. */
export function createClaudeDialect(): StreamDialect {
  const usage = createClaudeUsage()
  const tasks = createClaudeTasks()
  let sessionId: string | null = null
  let version: string | null = null
  let turns = 0
  let apiError: string | null = null
  let synthetic: string | null = null
  let stopReason: string | null = null
  let rejected = false
  let limitResetMs: number | null = null
  let lastText: string | null = null
  let figures: ClaudeFigures | null = null
  let outcome: AgentOutcome | undefined
  /** The agent has begun another turn after its result. */
  let goesOn = false

  const startMessage = (id: string, used: JsonObject | null, speaker: Speaker): readonly AgentEvent[] => {
    if (usage.has(id)) return []
    const main = speaker === null
    if (main) {
      turns += 1
      goesOn = outcome !== undefined
      // The model answers: whatever the provider had refused before, it does so no more.
      synthetic = null
      apiError = null
      stopReason = null
      rejected = false
      limitResetMs = null
    }
    const started: readonly AgentEvent[] = main ? [{ type: 'turn_started' }] : []
    return [...started, ...usage.begin(id, used, speaker)]
  }

  const assistant = (value: JsonObject): readonly AgentEvent[] => {
    const message = asObject(value['message'])
    if (message === null) return []
    const text = assistantEvents(message, TOOLS)
    // What the CLI says in place of the model, about an API error: no turn.
    if (message['model'] === '<synthetic>') {
      apiError = asNonEmpty(value['error']) ?? apiError
      synthetic = contentText(message['content'])
      return text
    }
    const speaker = speakerOf(value)
    const last = text.findLast((event) => event.type === 'text')
    const started = startMessage(
      asNonEmpty(message['id']) ?? usage.nextId(),
      asObject(message['usage']),
      speaker,
    )
    if (speaker === null) {
      if (last?.type === 'text') lastText = last.text
      stopReason = stopReasonOf(message) ?? stopReason
    }
    return [...started, ...text]
  }

  const partial = (value: JsonObject): readonly AgentEvent[] => {
    const event = asObject(value['event'])
    const speaker = speakerOf(value)
    if (event?.['type'] === 'message_start') {
      const message = asObject(event['message'])
      const id = asNonEmpty(message?.['id'])
      return id === null ? [] : startMessage(id, asObject(message?.['usage']), speaker)
    }
    if (event?.['type'] === 'message_delta') {
      if (speaker === null) stopReason = stopReasonOf(event) ?? stopReason
      return usage.delta(value, asObject(event['usage']), speaker)
    }
    return [{ type: 'raw', name: `stream_event/${asText(event?.['type']) ?? ''}`.slice(0, 80) }]
  }

  const init = (value: JsonObject): readonly AgentEvent[] => {
    const id = asSessionId(value['session_id'])
    version = asNonEmpty(value['claude_code_version']) ?? version
    if (id === null || id === sessionId) return []
    sessionId = id
    return [
      {
        type: 'session',
        sessionId: id,
        ...present('model', asNonEmpty(value['model'])),
        ...present('version', version),
      },
    ]
  }

  const system = (value: JsonObject): readonly AgentEvent[] => {
    const subtype = asText(value['subtype']) ?? ''
    if (subtype === 'init') return init(value)
    if (subtype === 'api_retry') return [apiRetry(value)]
    tasks.take(subtype, value)
    return [{ type: 'raw', name: `system/${subtype}`.slice(0, 80) }]
  }

  // Not in the recordings: published with the CLI's SDK; says when a subscription's usage limit is lifted.
  const rateLimit = (value: JsonObject): readonly AgentEvent[] => {
    const info = asObject(value['rate_limit_info'])
    const resetsAt = asMilliseconds((asNumber(info?.['resetsAt']) ?? -1) * 1000)
    const status = asText(info?.['status'])
    if (status !== null) {
      rejected = status === 'rejected'
      limitResetMs = rejected ? (resetsAt ?? limitResetMs) : null
    }
    return [{ type: 'raw', name: 'rate_limit_event' }]
  }

  const result = (value: JsonObject): readonly AgentEvent[] => {
    figures = addFigures(figures, claudeFigures(value, counterScope(version)))
    outcome = claudeOutcome(value, { turns, apiError, synthetic, stopReason, rejected, limitResetMs })
    goesOn = false
    return deniedTools(value)
  }

  const facts = (): OutcomeFacts => {
    const warning = tasks.warning()
    return {
      ...present('sessionId', sessionId),
      ...(figures === null ? {} : figureFacts(figures)),
      turns,
      ...present('finalText', lastText),
      // What they have used since the last result is reported nowhere.
      ...(warning === null ? {} : { partial: true as const, warnings: [warning] }),
    }
  }

  const event = (value: JsonObject): readonly AgentEvent[] | null => {
    switch (value['type']) {
      case 'system':
        return system(value)
      case 'assistant':
        return assistant(value)
      case 'user': {
        const message = asObject(value['message']) ?? {}
        tasks.takeResults(message)
        return toolResultEvents(message)
      }
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

  return {
    event,
    outcome() {
      if (outcome === undefined) return undefined
      const { sessionId: ofStream, finalText: _said, ...rest } = facts()
      if (!goesOn) {
        const refused = outcome.status === 'failed' && outcome.sessionRefused === true
        return { ...(refused ? {} : present('sessionId', ofStream)), ...rest, ...outcome, turns }
      }
      const message = 'the agent continued after its result, and ended without another one'
      return { status: 'failed', cause: 'no_result', message, ...facts() }
    },
    facts,
    standing: () => ({
      lastWord: outcome === undefined || goesOn ? 'none' : 'final',
      background: tasks.open,
    }),
  }
}

function apiRetry(value: JsonObject): AgentEvent {
  return {
    type: 'retry_wait',
    status: asOptionalCount(value['error_status']),
    untilMs: asMilliseconds(value['retry_delay_ms']),
    ...present('attempt', asOptionalCount(value['attempt'])),
  }
}

function deniedTools(result: JsonObject): readonly AgentEvent[] {
  const denials = result['permission_denials']
  if (!Array.isArray(denials) || denials.length === 0) return []
  const names = new Set(denials.map((denial) => asNonEmpty(asObject(denial)?.['tool_name']) ?? 'a tool'))
  return [{ type: 'warning', message: `the agent was not permitted to use ${[...names].join(', ')}` }]
}
