import { closest } from '@gump/errors'
import type { ParseContext } from '../parse/context.js'
import type { Span, YamlEntry, YamlNode } from '../yaml/tree.js'
import { describe, quote } from './describe.js'

/** The entries of a mapping whose keys have been checked. */
export class Fields {
  /** Where to point when something is missing: the first key, or the value itself when it is empty. */
  readonly at: Span
  readonly #entries: ReadonlyMap<string, YamlEntry>

  constructor(entries: Iterable<YamlEntry>, at: Span) {
    this.#entries = new Map([...entries].map((entry) => [entry.key, entry]))
    this.at = this.#entries.values().next().value?.at ?? at
  }

  has(key: string): boolean {
    return this.#entries.has(key)
  }

  entry(key: string): YamlEntry | undefined {
    return this.#entries.get(key)
  }

  node(key: string): YamlNode | undefined {
    return this.#entries.get(key)?.value
  }

  all(): Iterable<YamlEntry> {
    return this.#entries.values()
  }
}

/** Which keys a mapping may have. */
export interface KnownKeys {
  /** What the mapping is, for messages: `an agent step`. */
  readonly what: string
  readonly keys: readonly string[]
  /** Keys that another reader reports. */
  readonly ignore?: (key: string) => boolean
}

/** The mapping at `node` with every unknown key reported, or null after reporting that it is none. */
export function readFields(cx: ParseContext, node: YamlNode, known: KnownKeys): Fields | null {
  if (node.kind !== 'map') {
    cx.problems.report('GUMP-W012', node, `${known.what} cannot be ${describe(node)}`, {
      expected: `a mapping with ${known.keys.slice(0, 8).join(', ')}`,
    })
    return null
  }
  const allowed = new Set(known.keys)
  for (const entry of node.entries) {
    if (allowed.has(entry.key) || known.ignore?.(entry.key) === true) continue
    reportUnknownKey(cx, entry, known)
  }
  return new Fields(
    node.entries.filter((entry) => allowed.has(entry.key)),
    node,
  )
}

/** The mapping at `node` when it has one certain key, which it must; `null` after reporting otherwise. */
export function readOnly(
  cx: ParseContext,
  node: YamlNode,
  known: KnownKeys & { readonly keys: readonly [string] },
): YamlNode | null {
  const fields = readFields(cx, node, known)
  const [key] = known.keys
  const value = fields?.node(key)
  if (value !== undefined) return value
  if (fields !== null && node.kind === 'map' && node.entries.length === 0) {
    cx.problems.report('GUMP-W011', node, `${known.what} needs ${key}`, { expected: `{${key}: ...}` })
  }
  return null
}

/** Reports a key that means nothing here; gives back the known key that it seems to stand for. */
export function reportUnknownKey(
  cx: ParseContext,
  entry: YamlEntry,
  known: KnownKeys,
  hint?: string,
): string | undefined {
  const near = closest(entry.key, known.keys)
  cx.problems.report('GUMP-W010', entry.at, `unknown key ${quote(entry.key)} in ${known.what}`, {
    expected: known.keys.join(', '),
    suggestion: hint ?? near,
  })
  return hint === undefined ? near : undefined
}
