import { GumpError } from '@gump/errors'
import { parse } from 'smol-toml'

import { formatKeyPath, type KeyPath } from './key-path.js'
import { locateKeys, samePath } from './locate.js'
import type { ConfigValue } from './value-kind.js'

/** Sets one key in a TOML text and leaves everything else, comments included, byte for byte as it is. */
export function setInToml(toml: string, path: KeyPath, value: ConfigValue): string {
  const edited = edit(toml, path, tomlValue(value))
  if (!holds(edited, path, value)) {
    throw new GumpError('GUMP-C006', `${formatKeyPath(path)} cannot be set in this file automatically`, {
      remedy: `Write ${formatKeyPath(path)} = ${tomlValue(value)} by hand.`,
      data: { key: formatKeyPath(path) },
    })
  }
  return edited
}

function edit(toml: string, path: KeyPath, written: string): string {
  const map = locateKeys(toml)
  const present = map.keys.find((entry) => samePath(entry.path, path))
  if (present !== undefined) {
    const { start, end } = present.value
    return toml.slice(0, start.offset) + written + toml.slice(end.offset)
  }
  const above = path.slice(0, -1)
  const line = `${formatKeyPath(path.slice(-1))} = ${written}\n`
  if (above.length === 0) {
    const first = map.tables[0]?.header.start.offset ?? toml.length
    return joined(toml.slice(0, first), line) + toml.slice(first)
  }
  const header = map.tables.find((entry) => samePath(entry.path, above))
  if (header === undefined) {
    const gap = toml.trim() === '' ? '' : '\n'
    return `${joined(toml, gap)}[${formatKeyPath(above)}]\n${line}`
  }
  const next = map.tables.find((entry) => entry.header.start.offset > header.header.start.offset)
  const last = map.keys.findLast(
    (entry) =>
      entry.key.start.offset > header.header.end.offset &&
      entry.key.start.offset < (next?.header.start.offset ?? Number.POSITIVE_INFINITY),
  )
  const behind = (last?.value.end ?? header.header.end).offset
  const feed = toml.indexOf('\n', behind)
  const at = feed === -1 ? toml.length : feed + 1
  return joined(toml.slice(0, at), line) + toml.slice(at)
}

function joined(before: string, line: string): string {
  return before === '' || before.endsWith('\n') ? before + line : `${before}\n${line}`
}

/** A value as TOML writes it. */
export function tomlValue(value: ConfigValue): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return `[${value.map((item) => JSON.stringify(item)).join(', ')}]`
}

function holds(toml: string, path: KeyPath, value: ConfigValue): boolean {
  try {
    let node: unknown = parse(toml)
    for (const part of path) {
      if (typeof node !== 'object' || node === null) return false
      node = Object.getOwnPropertyDescriptor(node, part)?.value
    }
    return JSON.stringify(node) === JSON.stringify(value)
  } catch {
    return false
  }
}
