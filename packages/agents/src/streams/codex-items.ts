import type { AgentEvent, ToolKind } from '../contract.js'
import { asArray, asNonEmpty, asObject, asText, present, type JsonObject } from './json-value.js'
import { toolFinished } from './tool-facts.js'

const TOOL_ITEMS: ReadonlySet<string> = new Set([
  'command_execution',
  'file_change',
  'mcp_tool_call',
  'web_search',
  'todo_list',
  'collab_tool_call',
])

/** True for items that are the use of a tool. */
export function isToolItem(item: JsonObject): boolean {
  return TOOL_ITEMS.has(asText(item['type']) ?? '')
}

/** True for items that have other agents work: what those use is reported nowhere. */
export function isSubAgent(item: JsonObject): boolean {
  return item['type'] === 'collab_tool_call'
}

/** True for items that come from the model: tools, messages and reasoning. */
export function isModelOutput(item: JsonObject): boolean {
  return isToolItem(item) || item['type'] === 'agent_message' || item['type'] === 'reasoning'
}

/** Where an item stands: `first`: never seen before; `done`: this is its end. */
export interface ItemPhase {
  readonly first: boolean
  readonly done: boolean
}

/** Events of one item of Codex. An item that only shows up finished gives its start, too. */
export function codexItemEvents(item: JsonObject, phase: ItemPhase): readonly AgentEvent[] {
  const type = asText(item['type']) ?? ''
  if (isToolItem(item)) return toolEvents(item, phase)
  const text = asNonEmpty(item['text'])
  if (phase.done && text !== null && type === 'agent_message') return [{ type: 'text', text }]
  if (phase.done && text !== null && type === 'reasoning') return [{ type: 'reasoning', text }]
  if (type === 'error') return [{ type: 'warning', message: asNonEmpty(item['message']) ?? 'unknown error' }]
  return [{ type: 'raw', name: `item/${type}`.slice(0, 80) }]
}

function toolEvents(item: JsonObject, { first, done }: ItemPhase): readonly AgentEvent[] {
  const uses = toolUses(item)
  const started = first ? uses : []
  const ok = succeeded(item)
  const output = asText(item['aggregated_output'])
  return [...started, ...(done ? uses.map((use) => toolFinished(use.id, ok, output)) : [])]
}

type ToolStarted = Extract<AgentEvent, { type: 'tool_started' }>

function toolUses(item: JsonObject): readonly ToolStarted[] {
  const id = asText(item['id']) ?? ''
  const tool = asText(item['type']) ?? 'tool'
  switch (tool) {
    case 'command_execution':
      return [
        { type: 'tool_started', id, tool, kind: 'shell', ...present('command', asNonEmpty(item['command'])) },
      ]
    case 'file_change':
      return asArray(item['changes']).map((entry, i) => {
        const change = asObject(entry) ?? {}
        const kind: ToolKind = change['kind'] === 'add' ? 'write' : 'edit'
        return {
          type: 'tool_started',
          id: `${id}:${i}`,
          tool,
          kind,
          ...present('path', asNonEmpty(change['path'])),
        }
      })
    case 'web_search':
      return [
        { type: 'tool_started', id, tool, kind: 'search', ...present('command', asNonEmpty(item['query'])) },
      ]
    case 'collab_tool_call':
    case 'mcp_tool_call':
      return [{ type: 'tool_started', id, tool: asNonEmpty(item['tool']) ?? tool, kind: 'other' }]
    default:
      return [{ type: 'tool_started', id, tool, kind: 'other' }]
  }
}

function succeeded(item: JsonObject): boolean {
  const status = asText(item['status']) ?? 'completed'
  const code = item['exit_code']
  return status === 'completed' && (code === undefined || code === null || code === 0)
}
