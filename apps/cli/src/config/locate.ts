import type { Position, Range } from '@gump/errors'

import { type KeyPath, parseKeyPath } from './key-path.js'

/** Where a key and its value stand in a TOML text. */
export interface KeyLocation {
  readonly path: KeyPath
  readonly key: Range
  /** From the first character of the value to behind its last, over several lines if need be. */
  readonly value: Range
}

/** Where a table's header stands. */
export interface TableLocation {
  readonly path: KeyPath
  readonly header: Range
}

export interface TomlMap {
  readonly keys: readonly KeyLocation[]
  readonly tables: readonly TableLocation[]
}

const part = String.raw`(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)`
const dotted = String.raw`(${part}(?:[ \t]*\.[ \t]*${part})*)`
const headerPattern = new RegExp(String.raw`^\[\[?[ \t]*${dotted}[ \t]*\]`, 'u')
const assignmentPattern = new RegExp(String.raw`^${dotted}[ \t]*=[ \t]*`, 'u')

/**
 * Finds the keys of a text that is known to be TOML: the parser gives values without places. Keys inside inline tables
 * are not listed; their table is.
 */
export function locateKeys(text: string): TomlMap {
  const keys: KeyLocation[] = []
  const tables: TableLocation[] = []
  const starts = lineStarts(text)
  const range = (from: number, to: number): Range => ({ start: place(starts, from), end: place(starts, to) })
  let table: KeyPath = []
  let at = 0
  while (at < text.length) {
    const lineEnd = endOfLine(text, at)
    const line = text.slice(at, lineEnd)
    const indent = line.length - line.trimStart().length
    const header = headerPattern.exec(line.slice(indent))
    const assignment = assignmentPattern.exec(line.slice(indent))
    if (header !== null) {
      table = parseKeyPath(header[1] ?? '') ?? []
      const from = at + indent
      tables.push({ path: table, header: range(from, from + header[0].length) })
      at = lineEnd + 1
    } else if (assignment === null) {
      at = lineEnd + 1
    } else {
      const from = at + indent
      const valueFrom = from + assignment[0].length
      const valueTo = endOfValue(text, valueFrom)
      keys.push({
        path: [...table, ...(parseKeyPath(assignment[1] ?? '') ?? [])],
        key: range(from, from + (assignment[1]?.length ?? 0)),
        value: range(valueFrom, valueTo),
      })
      at = endOfLine(text, valueTo) + 1
    }
  }
  return { keys, tables }
}

/** The place of a path, or of the closest thing around it that has one. */
export function rangeOf(map: TomlMap, path: KeyPath, part: 'key' | 'value'): Range | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const sought = path.slice(0, length)
    const found = map.keys.find((entry) => samePath(entry.path, sought))
    if (found !== undefined) return length === path.length ? found[part] : found.key
    const table = map.tables.find((entry) => samePath(entry.path, sought))
    if (table !== undefined) return table.header
    const below = map.tables.find((entry) => samePath(entry.path.slice(0, length), sought))
    if (below !== undefined) return below.header
  }
  return undefined
}

export function samePath(a: KeyPath, b: KeyPath): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i])
}

function endOfValue(text: string, from: number): number {
  let depth = 0
  let at = from
  let end = from
  while (at < text.length) {
    const char = text.charAt(at)
    if (char === '"' || char === "'") {
      at = endOfString(text, at, char)
      end = at
      continue
    }
    if (char === '\n' && depth === 0) break
    if (char === '#') {
      if (depth === 0) break
      at = endOfLine(text, at)
      continue
    }
    if (char === '[' || char === '{') depth += 1
    if (char === ']' || char === '}') depth -= 1
    at += 1
    if (!/\s/u.test(char)) end = at
  }
  return end
}

function endOfString(text: string, from: number, quote: string): number {
  const long = quote.repeat(3)
  const closing = text.startsWith(long, from) ? long : quote
  let at = from + closing.length
  while (at < text.length) {
    if (quote === '"' && text.charAt(at) === '\\') at += 2
    else if (text.startsWith(closing, at)) {
      at += closing.length
      while (closing.length === 3 && text.charAt(at) === quote) at += 1
      return at
    } else at += 1
  }
  return text.length
}

function endOfLine(text: string, from: number): number {
  const feed = text.indexOf('\n', from)
  return feed === -1 ? text.length : feed
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function place(starts: readonly number[], offset: number): Position {
  const line = Math.max(
    0,
    starts.findLastIndex((start) => start <= offset),
  )
  return { line: line + 1, column: offset - (starts[line] ?? 0) + 1, offset }
}
