import type { AgentEvent, ToolKind } from '../contract.js'
import {
  asArray,
  asNonEmpty,
  asObject,
  asOptionalCount,
  asText,
  asUsd,
  type JsonObject,
} from '../streams/json-value.js'
import { toolFinished, toolTarget } from '../streams/tool-facts.js'
import { NO_TOKENS } from '../streams/usage-sum.js'

const KINDS: Readonly<Record<string, ToolKind>> = {
  read: 'read',
  edit: 'edit',
  delete: 'edit',
  move: 'edit',
  search: 'search',
  execute: 'shell',
}

/** Turns the session updates of the Agent Client Protocol, version 1, into normalised events. */
export interface AcpTranslator {
  /** One `session/update` body. Whatever it is: unknown ones become `raw`. */
  update(value: unknown): readonly AgentEvent[]
  /** Text of the last message. */
  readonly finalText: string
  /** Cost of the session so far in USD, when the agent tells it. */
  readonly sessionCostUsd: number | null
}

/**
 * A translator for one prompt. A turn starts with what the agent says or does first, or first after tools have ended.
 * A tool is reported as soon as the agent tells what it works on, at the latest when it ends.
 */
export function createAcpTranslator(): AcpTranslator {
  const calls = new Map<string, { facts: JsonObject; started: boolean }>()
  let turnOpen = false
  let finalText = ''
  let sessionCostUsd: number | null = null

  const turn = (): readonly AgentEvent[] => {
    if (turnOpen) return []
    turnOpen = true
    finalText = ''
    return [{ type: 'turn_started' }]
  }

  const chunk = (type: 'text' | 'reasoning', value: JsonObject): readonly AgentEvent[] => {
    const text = asNonEmpty(asObject(value['content'])?.['text'])
    if (text === null) return []
    const started = turn()
    if (type === 'text') finalText += text
    return [...started, { type, text }]
  }

  const tool = (value: JsonObject): readonly AgentEvent[] => {
    const id = asText(value['toolCallId']) ?? ''
    const call = calls.get(id) ?? { facts: {}, started: false }
    calls.set(id, call)
    call.facts = { ...call.facts, ...withoutNulls(value) }
    const status = call.facts['status']
    const ended = status === 'completed' || status === 'failed'
    const start = toolStart(id, call.facts)
    // The command of a shell may follow its start; other tools are what they are once they run.
    const running = ended || (status === 'in_progress' && start.kind !== 'shell')
    const started = !call.started && (running || isTold(call.facts)) ? [...turn(), start] : []
    call.started ||= started.length > 0
    if (!ended) return started.length === 0 ? [{ type: 'raw', name: 'tool_call' }] : started
    turnOpen = false
    calls.delete(id)
    return [...started, toolFinished(id, status === 'completed', outputOf(call.facts))]
  }

  const usage = (value: JsonObject): readonly AgentEvent[] => {
    const cost = asObject(value['cost'])
    if (cost?.['currency'] === 'USD') sessionCostUsd = asUsd(cost['amount']) ?? sessionCostUsd
    const contextTokens = asOptionalCount(value['used'])
    return contextTokens === null ? [] : [{ type: 'usage', mode: 'delta', tokens: NO_TOKENS, contextTokens }]
  }

  const update = (body: unknown): readonly AgentEvent[] => {
    const value = asObject(body) ?? {}
    const kind = asText(value['sessionUpdate']) ?? 'update'
    switch (kind) {
      case 'agent_message_chunk':
        return chunk('text', value)
      case 'agent_thought_chunk':
        return chunk('reasoning', value)
      case 'tool_call':
      case 'tool_call_update':
        return tool(value)
      case 'usage_update':
        return usage(value)
      default:
        return [{ type: 'raw', name: kind.slice(0, 80) }]
    }
  }

  return {
    update,
    get finalText() {
      return finalText
    },
    get sessionCostUsd() {
      return sessionCostUsd
    },
  }
}

function toolStart(id: string, facts: JsonObject): Extract<AgentEvent, { type: 'tool_started' }> {
  const named = asText(facts['kind']) ?? 'other'
  const kind = Object.hasOwn(KINDS, named) ? (KINDS[named] ?? 'other') : 'other'
  const title = asNonEmpty(facts['title'])
  const target = toolTarget(kind, { ...asObject(facts['rawInput']), ...locationOf(facts) })
  // An agent that tells no command has it in the title.
  const command = kind === 'shell' && title !== null ? { command: title } : {}
  return { type: 'tool_started', id, tool: asNonEmpty(facts['name']) ?? named, kind, ...command, ...target }
}

/** True when the agent has told what the tool works on; before that it may only have told that there will be one. */
function isTold(facts: JsonObject): boolean {
  return (
    Object.keys(asObject(facts['rawInput']) ?? {}).length > 0 || locationOf(facts)['file_path'] !== undefined
  )
}

function locationOf(facts: JsonObject): JsonObject {
  const entries = [...asArray(facts['locations']), ...asArray(facts['content'])]
  const paths = entries.map((entry) => asNonEmpty(asObject(entry)?.['path'])).filter((path) => path !== null)
  return paths[0] === undefined ? {} : { file_path: paths[0] }
}

function outputOf(facts: JsonObject): string | null {
  const texts = asArray(facts['content'])
    .map((entry) => asText(asObject(asObject(entry)?.['content'])?.['text']))
    .filter((text) => text !== null)
  return texts.length === 0 ? null : texts.join('\n')
}

function withoutNulls(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== null && member !== undefined),
  )
}
