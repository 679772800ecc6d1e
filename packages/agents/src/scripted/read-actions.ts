import { isMap, isScalar, type Node } from 'yaml'
import { decodeEvent } from '../streams/decode-event.js'
import { asObject, asSessionId, present } from '../streams/json-value.js'
import type { LocatedMap, LocatedReader } from './located-reader.js'
import { readDuration } from './read-duration.js'
import type { OutputKind, ScriptAction } from './script.js'
import { NO_TOKENS } from '../streams/usage-sum.js'

type ReadAction = (reader: LocatedReader, value: Node | null) => ScriptAction | null

const count = (value: number): boolean => Number.isSafeInteger(value) && value >= 0
const amount = (value: number): boolean => Number.isFinite(value) && value >= 0
const exitCode = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 255
const fileMode = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 0o777

const READERS: Readonly<Record<string, ReadAction>> = {
  write: readWrite,
  edit: readEdit,
  delete: readDelete,
  out: readOut,
  event: readEvent,
  turn: () => ({ action: 'turn' }),
  text: (reader, value) => {
    const text = reader.text(value, 'text')
    return text === null ? null : { action: 'text', text }
  },
  usage: readUsage,
  cost: (reader, value) => {
    const costUsd = reader.number(value, 'cost', amount, 'an amount of USD of at least 0')
    return costUsd === null ? null : { action: 'usage', tokens: NO_TOKENS, costUsd }
  },
  tool: readTool,
  sleep: (reader, value) => {
    const ms = readDuration(reader, value, 'sleep')
    return ms === null ? null : { action: 'sleep', ms }
  },
  stderr: (reader, value) => {
    const text = reader.text(value, 'stderr')
    return text === null ? null : { action: 'stderr', text }
  },
  line: (reader, value) => {
    const line = reader.text(value, 'line')
    return line === null ? null : { action: 'line', line }
  },
  session: (reader, value) => {
    const sessionId = reader.text(value, 'session')
    if (sessionId === null) return null
    if (asSessionId(sessionId) === null) return reader.problem(value, 'session is not a session id')
    return { action: 'session', sessionId }
  },
  exit: (reader, value) => {
    const code = reader.number(value, 'exit', exitCode, 'an exit code from 0 to 255')
    return code === null ? null : { action: 'exit', code }
  },
}

/** Names of all actions a script may use. */
export const ACTION_NAMES: readonly string[] = Object.keys(READERS)

/** Reads one item of `do`: a mapping with one key, or the bare word `turn`. */
export function readAction(reader: LocatedReader, node: Node | null): ScriptAction | null {
  if (isScalar(node) && node.value === 'turn') return { action: 'turn' }
  if (isMap(node) && node.items.length !== 1) {
    return reader.problem(node, 'an action is a mapping with one key', { expected: 'one key per list item' })
  }
  const map = reader.map(node, 'an action', ACTION_NAMES)
  const [name, entry] = map?.entries.entries().next().value ?? []
  if (name === undefined || entry === undefined) return null
  return READERS[name]?.(reader, entry.value) ?? null
}

function requiredText(reader: LocatedReader, map: LocatedMap, key: string, what: string): string | null {
  const entry = map.entries.get(key)
  if (entry === undefined) return reader.problem(map.node, `${what} needs ${key}`)
  return reader.text(entry.value, `${what}.${key}`)
}

function requiredPath(reader: LocatedReader, map: LocatedMap, what: string): string | null {
  const path = requiredText(reader, map, 'path', what)
  if (path === null || (path !== '' && !path.includes('\0'))) return path
  return reader.problem(map.entries.get('path')?.value ?? map.node, `${what}.path is not a path`)
}

function readWrite(reader: LocatedReader, value: Node | null): ScriptAction | null {
  const map = reader.map(value, 'write', ['path', 'content', 'mode'])
  if (map === null) return null
  const path = requiredPath(reader, map, 'write')
  const content = requiredText(reader, map, 'content', 'write')
  const modeNode = map.entries.get('mode')?.value
  const mode =
    modeNode === undefined
      ? undefined
      : reader.number(modeNode, 'write.mode', fileMode, 'a file mode such as 0o755')
  return path === null || content === null
    ? null
    : { action: 'write', path, content, ...present('mode', mode) }
}

function readEdit(reader: LocatedReader, value: Node | null): ScriptAction | null {
  const map = reader.map(value, 'edit', ['path', 'find', 'replace'])
  if (map === null) return null
  const path = requiredPath(reader, map, 'edit')
  const find = requiredText(reader, map, 'find', 'edit')
  const replace = requiredText(reader, map, 'replace', 'edit')
  if (find === '')
    return reader.problem(map.entries.get('find')?.value ?? null, 'edit.find must not be empty')
  return path === null || find === null || replace === null ? null : { action: 'edit', path, find, replace }
}

function readDelete(reader: LocatedReader, value: Node | null): ScriptAction | null {
  if (isScalar(value)) {
    const path = reader.text(value, 'delete')
    if (path === '') return reader.problem(value, 'delete is not a path')
    return path === null ? null : { action: 'delete', path }
  }
  const map = reader.map(value, 'delete', ['path'])
  const path = map === null ? null : requiredPath(reader, map, 'delete')
  return path === null ? null : { action: 'delete', path }
}

function readOut(reader: LocatedReader, value: Node | null): ScriptAction | null {
  const map = reader.map(value, 'out', ['plan', 'validate', 'artifact'])
  if (map === null) return null
  const [output, entry] = map.entries.entries().next().value ?? []
  if (output === undefined || entry === undefined || map.entries.size !== 1) {
    return reader.problem(map.node, 'out needs exactly one of plan, validate, artifact')
  }
  if (output === 'artifact') {
    const content = reader.text(entry.value, 'out.artifact')
    return content === null ? null : { action: 'out', output, content }
  }
  // A text is written as it is, so that a script can play an agent whose JSON is broken.
  const plain = reader.plain(entry.value)
  const content = typeof plain === 'string' ? plain : `${JSON.stringify(plain, null, 2)}\n`
  return { action: 'out', output: output as OutputKind, content }
}

function readEvent(reader: LocatedReader, value: Node | null): ScriptAction | null {
  const plain = asObject(reader.plain(value))
  const event = plain === null ? null : decodeEvent(plain)
  if (event !== null) return { action: 'event', event }
  return reader.problem(value, 'event is not a normalised agent event', {
    expected: 'a mapping such as {type: warning, message: …}',
  })
}

function readUsage(reader: LocatedReader, value: Node | null): ScriptAction | null {
  const map = reader.map(value, 'usage', ['input', 'output', 'cache_read', 'cache_write', 'cost_usd'])
  if (map === null) return null
  const read = (key: string, legal: (n: number) => boolean, expected: string): number => {
    const entry = map.entries.get(key)
    return entry === undefined ? 0 : (reader.number(entry.value, `usage.${key}`, legal, expected) ?? 0)
  }
  const tokens = (key: string): number => read(key, count, 'a number of tokens')
  return {
    action: 'usage',
    tokens: {
      input: tokens('input'),
      output: tokens('output'),
      cacheRead: tokens('cache_read'),
      cacheWrite: tokens('cache_write'),
    },
    costUsd: read('cost_usd', amount, 'an amount of USD of at least 0'),
  }
}

function readTool(reader: LocatedReader, value: Node | null): ScriptAction | null {
  if (isScalar(value)) {
    const tool = reader.text(value, 'tool')
    return tool === null || tool === '' ? null : { action: 'tool', tool, kind: 'other', ok: true }
  }
  const map = reader.map(value, 'tool', ['name', 'kind', 'path', 'command', 'ok', 'output'])
  if (map === null) return null
  const optionalText = (key: string): string | null => {
    const entry = map.entries.get(key)
    return entry === undefined ? null : reader.text(entry.value, `tool.${key}`)
  }
  const kindEntry = map.entries.get('kind')
  const okEntry = map.entries.get('ok')
  const tool = requiredText(reader, map, 'name', 'tool')
  const kind =
    kindEntry === undefined
      ? 'other'
      : reader.choice(kindEntry.value, 'tool.kind', ['read', 'write', 'edit', 'shell', 'search', 'other'])
  const ok = okEntry === undefined ? true : reader.boolean(okEntry.value, 'tool.ok')
  if (tool === null || tool === '' || kind === null || ok === null) return null
  return {
    action: 'tool',
    tool,
    kind,
    ok,
    ...present('path', optionalText('path')),
    ...present('command', optionalText('command')),
    ...present('output', optionalText('output')),
  }
}
