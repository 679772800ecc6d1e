import type { AgentEvent, TokenUsage, ToolKind } from '../contract.js'
import {
  asCount,
  asMilliseconds,
  asNonEmpty,
  asObject,
  asOptionalCount,
  asSessionId,
  asText,
  asUsd,
  present,
  type JsonObject,
} from './json-value.js'

const TOOL_KINDS: ReadonlySet<string> = new Set(['read', 'write', 'edit', 'shell', 'search', 'other'])

/**
 * Reads a normalised event from untrusted JSON: members of the wrong type make it null, unknown ones are dropped.
 * The inverse of `JSON.stringify(event)`.
 */
export function decodeEvent(value: JsonObject): AgentEvent | null {
  switch (value['type']) {
    case 'session':
      return decodeSession(value)
    case 'turn_started':
      return { type: 'turn_started' }
    case 'text':
    case 'reasoning': {
      const text = asText(value['text'])
      return text === null ? null : { type: value['type'], text }
    }
    case 'tool_started':
      return decodeToolStarted(value)
    case 'tool_finished':
      return decodeToolFinished(value)
    case 'usage':
      return decodeUsage(value)
    case 'retry_wait':
      return {
        type: 'retry_wait',
        status: asOptionalCount(value['status']),
        untilMs: asMilliseconds(value['untilMs']),
        ...present('attempt', asOptionalCount(value['attempt'])),
      }
    case 'warning': {
      const message = asText(value['message'])
      return message === null ? null : { type: 'warning', message }
    }
    case 'raw': {
      const name = asText(value['name'])
      return name === null ? null : { type: 'raw', name }
    }
    default:
      return null
  }
}

/** Reads the four token classes; absent ones are 0. null when it is no object. */
export function decodeTokens(value: unknown): TokenUsage | null {
  const tokens = asObject(value)
  if (tokens === null) return null
  return {
    input: asCount(tokens['input']),
    output: asCount(tokens['output']),
    cacheRead: asCount(tokens['cacheRead']),
    cacheWrite: asCount(tokens['cacheWrite']),
  }
}

/** The value when it names a kind of tool, else null. */
export function asToolKind(value: unknown): ToolKind | null {
  return typeof value === 'string' && TOOL_KINDS.has(value) ? (value as ToolKind) : null
}

function decodeSession(value: JsonObject): AgentEvent | null {
  const sessionId = asSessionId(value['sessionId'])
  if (sessionId === null) return null
  return {
    type: 'session',
    sessionId,
    ...present('model', asNonEmpty(value['model'])),
    ...present('version', asNonEmpty(value['version'])),
  }
}

function decodeToolStarted(value: JsonObject): AgentEvent | null {
  const id = asText(value['id'])
  const tool = asNonEmpty(value['tool'])
  if (id === null || tool === null) return null
  return {
    type: 'tool_started',
    id,
    tool,
    kind: asToolKind(value['kind']) ?? 'other',
    ...present('path', asNonEmpty(value['path'])),
    ...present('command', asNonEmpty(value['command'])),
  }
}

function decodeToolFinished(value: JsonObject): AgentEvent | null {
  const id = asText(value['id'])
  if (id === null || typeof value['ok'] !== 'boolean') return null
  return { type: 'tool_finished', id, ok: value['ok'], ...present('output', asText(value['output'])) }
}

function decodeUsage(value: JsonObject): AgentEvent | null {
  const tokens = decodeTokens(value['tokens'])
  const mode = value['mode']
  if (tokens === null || (mode !== 'delta' && mode !== 'cumulative')) return null
  return {
    type: 'usage',
    mode,
    tokens,
    ...present('costUsd', asUsd(value['costUsd'])),
    ...present('contextTokens', asOptionalCount(value['contextTokens'])),
  }
}
