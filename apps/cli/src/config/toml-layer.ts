import { closest, type Diagnostic } from '@gump/errors'
import { parse, TomlError } from 'smol-toml'

import { findKey, formatKeyPath, isTable, type KeyPath, siblings, withQuotedName } from './key-path.js'
import type { ConfigLayer, ConfigSource, Setting } from './layer.js'
import { retired, retiredNote } from './retired.js'
import { locateKeys, rangeOf, type TomlMap } from './locate.js'
import { refusalInRepository } from './repository-authority.js'

const maximumLength = 256 * 1024

interface Reading {
  readonly source: ConfigSource
  readonly file: string
  readonly map: TomlMap
  readonly settings: Setting[]
  readonly diagnostics: Diagnostic[]
}

/**
 * Reads one configuration file. All problems are reported, each at its place; what is legal is returned beside them.
 *
 * @param file as messages name it
 */
export function readTomlLayer(source: 'project' | 'user', file: string, toml: string): ConfigLayer {
  if (toml.length > maximumLength) {
    return { settings: [], diagnostics: [problem('GUMP-C001', file, 'the file is larger than 256 KiB')] }
  }
  let table: Record<string, unknown>
  try {
    table = parse(toml)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    return { settings: [], diagnostics: [syntaxProblem(file, toml, error)] }
  }
  const reading: Reading = { source, file, map: locateKeys(toml), settings: [], diagnostics: [] }
  readTable(reading, [], table)
  return { settings: reading.settings, diagnostics: reading.diagnostics }
}

function readTable(reading: Reading, above: KeyPath, table: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(table)) {
    const path = [...above, name]
    const ignored = retired(path)
    if (ignored !== undefined)
      reading.diagnostics.push({ ...retiredNote(path, ignored), ...placeOf(reading, path) })
    else if (isPlainTable(value) && isTable(path)) readTable(reading, path, value)
    else readValue(reading, path, value)
  }
}

function placeOf({ file, map }: Reading, path: KeyPath): Pick<Diagnostic, 'file' | 'range'> {
  const range = rangeOf(map, path, 'key')
  return { file, ...(range === undefined ? {} : { range }) }
}

function readValue(reading: Reading, path: KeyPath, value: unknown): void {
  const { file, map, source, settings, diagnostics } = reading
  const written = formatKeyPath(path)
  const at = (part: 'key' | 'value') => {
    const range = rangeOf(map, path, part)
    return range === undefined ? {} : { range }
  }
  const key = findKey(path)
  if (key === undefined) {
    const expectsTable = isTable(path)
    const quoted = withQuotedName(path, isPlainTable(value) ? 'table' : 'key')
    const suggestion =
      quoted === undefined ? closest(path.at(-1) ?? '', siblings(path)) : formatKeyPath(quoted)
    diagnostics.push({
      ...problem('GUMP-C002', file, expectsTable ? `${written} is a table` : `unknown key ${written}`),
      ...at('key'),
      ...(expectsTable ? { expected: `[${written}] with keys below it` } : {}),
      ...(suggestion === undefined ? {} : { suggestion }),
    })
    return
  }
  const checked = key.kind.check(value)
  const refusal = source === 'project' ? refusalInRepository(key, written, checked ?? '') : null
  if (refusal !== null) {
    const { message, expected, severity } = refusal
    diagnostics.push({ ...problem('GUMP-C004', file, message), severity, ...at(refusal.at), expected })
    return
  }
  if (checked === undefined) {
    const [inner] = isPlainTable(value) ? Object.keys(value) : []
    const quoted = inner === undefined ? undefined : withQuotedName([...path, inner], 'key')
    diagnostics.push({
      ...problem('GUMP-C003', file, `illegal value for ${written}`),
      ...at('value'),
      expected: key.kind.expected,
      ...(quoted === undefined ? {} : { suggestion: formatKeyPath(quoted) }),
    })
    return
  }
  const line = rangeOf(map, path, 'key')?.start.line
  settings.push({ path, key, value: checked, source, where: line === undefined ? file : `${file}:${line}` })
}

/** TOML tables are objects without a class; dates are not. */
function isPlainTable(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function problem(code: Diagnostic['code'], file: string, message: string): Diagnostic {
  return { code, severity: 'error', file, message }
}

function syntaxProblem(file: string, toml: string, error: TomlError): Diagnostic {
  const lines = toml.split('\n')
  const before = lines.slice(0, error.line - 1).reduce((sum, line) => sum + line.length + 1, 0)
  const start = { line: error.line, column: error.column, offset: before + error.column - 1 }
  const end = { line: error.line, column: error.column + 1, offset: start.offset + 1 }
  const message = (error.message.split('\n')[0] ?? '').replace(/^Invalid TOML document: /u, '')
  return { ...problem('GUMP-C001', file, message), range: { start, end } }
}
