import type { AgentEvent, TokenUsage, ToolKind } from '@gump/agents'
import { asCount, asObject, asText, asUsd, type JsonObject } from './json-value.js'

// Session ids come back as arguments of `pebble`: nothing that could be an option or a path.
const SESSION = /^p-[0-9a-f]{12}$/

const TOOLS: ReadonlyMap<string, ToolKind> = new Map([
  ['write', 'write'],
  ['append', 'edit'],
])

/** The normalised events of one line; null when it is no event of Pebble 1.0. `stop` is the parser's own business. */
export function readEvent(line: JsonObject): readonly AgentEvent[] | null {
  switch (line['event']) {
    case 'start':
      return readStart(line)
    case 'reply':
      return readReply(line)
    case 'call':
      return readCall(line)
    case 'result':
      return readResult(line)
    default:
      return null
  }
}

function readStart(line: JsonObject): readonly AgentEvent[] {
  const sessionId = asText(line['session'])
  if (sessionId === undefined || !SESSION.test(sessionId)) return []
  const model = asText(line['model'])
  const version = asText(line['version'])
  return [
    {
      type: 'session',
      sessionId,
      ...(model === undefined ? {} : { model }),
      ...(version === undefined ? {} : { version }),
    },
  ]
}

/** Pebble prints a reply when it is complete, with the tokens and the cost of that reply alone. */
function readReply(line: JsonObject): readonly AgentEvent[] {
  const tokens = asObject(line['tokens'])
  const used: TokenUsage = {
    input: asCount(tokens?.['in']),
    output: asCount(tokens?.['out']),
    cacheRead: asCount(tokens?.['cached']),
    cacheWrite: 0,
  }
  const costUsd = asUsd(line['usd'])
  return [
    { type: 'turn_started' },
    { type: 'text', text: asText(line['text']) ?? '' },
    { type: 'usage', mode: 'delta', tokens: used, ...(costUsd === undefined ? {} : { costUsd }) },
  ]
}

function readCall(line: JsonObject): readonly AgentEvent[] | null {
  const id = asText(line['id'])
  const tool = asText(line['tool'])
  if (id === undefined || tool === undefined) return null
  const path = asText(line['path'])
  const kind = TOOLS.get(tool) ?? 'other'
  return [{ type: 'tool_started', id, tool, kind, ...(path === undefined ? {} : { path }) }]
}

function readResult(line: JsonObject): readonly AgentEvent[] | null {
  const id = asText(line['id'])
  if (id === undefined) return null
  const output = asText(line['output'])
  return [{ type: 'tool_finished', id, ok: line['ok'] === true, ...(output === undefined ? {} : { output }) }]
}
