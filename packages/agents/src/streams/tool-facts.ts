import type { AgentEvent, ToolKind } from '../contract.js'
import { asNonEmpty, present, type JsonObject } from './json-value.js'

/** Kinds of a CLI's tools by their name in lower case; tools that are not in it are `other`. */
export type ToolTable = Readonly<Record<string, ToolKind>>

const PATH_KEYS = ['file_path', 'filePath', 'notebook_path', 'absolute_path', 'target_file', 'path', 'file']
const COMMAND_KEYS = ['command', 'cmd', 'script']
const QUERY_KEYS = ['pattern', 'query', 'globPattern', 'path', 'dir_path']

/** The `tool_started` event of a tool call: its kind by name, its path, command or query from the arguments. */
export function toolStarted(
  id: string,
  tool: string,
  input: JsonObject | null,
  table: ToolTable,
): Extract<AgentEvent, { type: 'tool_started' }> {
  const name = tool.toLowerCase()
  const kind = Object.hasOwn(table, name) ? (table[name] ?? 'other') : 'other'
  return { type: 'tool_started', id, tool, kind, ...toolTarget(kind, input) }
}

/** What a tool works on: files have a `path`, shells a `command`, searches their query as `command`. */
export function toolTarget(
  kind: ToolKind,
  input: JsonObject | null,
): { readonly path?: string; readonly command?: string } {
  if (input === null) return {}
  switch (kind) {
    case 'read':
    case 'write':
    case 'edit':
      return present('path', firstText(input, PATH_KEYS))
    case 'shell':
      return present('command', firstText(input, COMMAND_KEYS))
    case 'search':
      return present('command', firstText(input, QUERY_KEYS))
    default:
      return {}
  }
}

const MAX_OUTPUT_CHARS = 4000

/** The end of a tool, with the first 4 000 characters of what it printed. */
export function toolFinished(
  id: string,
  ok: boolean,
  output: string | null,
): Extract<AgentEvent, { type: 'tool_finished' }> {
  return { type: 'tool_finished', id, ok, ...present('output', output?.slice(0, MAX_OUTPUT_CHARS)) }
}

function firstText(input: JsonObject, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = asNonEmpty(input[key])
    if (value !== null) return value
  }
  return null
}
