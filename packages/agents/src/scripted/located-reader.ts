import { closest, type Diagnostic, type Position, type Range } from '@gump/errors'
import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node, type Pair } from 'yaml'

/** A mapping read from YAML: its entries by key, and where it stands. */
export interface LocatedMap {
  readonly node: Node
  readonly entries: ReadonlyMap<string, LocatedEntry>
}
export interface LocatedEntry {
  readonly key: Node
  readonly value: Node | null
}

/** Reads YAML nodes as wanted types and gathers a located problem for each that is something else. */
export interface LocatedReader {
  readonly diagnostics: readonly Diagnostic[]
  problem(
    at: Node | null,
    message: string,
    hint?: { expected?: string; suggestion?: string | undefined },
  ): null
  resolve(node: unknown): Node | null
  map(node: Node | null, what: string, keys: readonly string[]): LocatedMap | null
  list(node: Node | null, what: string): readonly (Node | null)[] | null
  text(node: Node | null, what: string): string | null
  number(node: Node | null, what: string, legal: (value: number) => boolean, expected: string): number | null
  boolean(node: Node | null, what: string): boolean | null
  choice<T extends string>(node: Node | null, what: string, choices: readonly T[]): T | null
  /** The plain value of any node. */
  plain(node: Node | null): unknown
}

/** A {@link LocatedReader} over one parsed document. */
export function createLocatedReader(
  document: Document.Parsed,
  lines: LineCounter,
  file: string,
): LocatedReader {
  const diagnostics: Diagnostic[] = []

  const problem: LocatedReader['problem'] = (at, message, hint = {}) => {
    const range = at === null ? undefined : rangeOf(at, lines)
    diagnostics.push({
      code: 'GUMP-A001',
      severity: 'error',
      message,
      file,
      ...(range === undefined ? {} : { range }),
      ...(hint.expected === undefined ? {} : { expected: hint.expected }),
      ...(hint.suggestion === undefined ? {} : { suggestion: hint.suggestion }),
    })
    return null
  }

  const resolve = (node: unknown): Node | null => {
    if (isAlias(node)) return node.resolve(document) ?? null
    return isMap(node) || isSeq(node) || isScalar(node) ? node : null
  }

  const map: LocatedReader['map'] = (node, what, keys) => {
    if (!isMap(node))
      return problem(node, `${what} must be a mapping`, { expected: `keys: ${keys.join(', ')}` })
    const entries = new Map<string, LocatedEntry>()
    for (const pair of node.items as readonly Pair[]) {
      const key = resolve(pair.key)
      const name = isScalar(key) ? String(key.value) : ''
      if (key !== null && keys.includes(name)) entries.set(name, { key, value: resolve(pair.value) })
      else {
        problem(key ?? node, `${what} has no key ${JSON.stringify(name)}`, {
          expected: `one of ${keys.join(', ')}`,
          suggestion: closest(name, keys),
        })
      }
    }
    return { node, entries }
  }

  const list: LocatedReader['list'] = (node, what) =>
    isSeq(node) ? node.items.map(resolve) : problem(node, `${what} must be a list`)

  const text: LocatedReader['text'] = (node, what) => {
    const value = isScalar(node) ? node.value : undefined
    return typeof value === 'string' ? value : problem(node, `${what} must be a text`)
  }

  const number: LocatedReader['number'] = (node, what, legal, expected) => {
    const value = isScalar(node) ? node.value : undefined
    if (typeof value === 'number' && legal(value)) return value
    return problem(node, `${what} must be ${expected}`, { expected })
  }

  const boolean: LocatedReader['boolean'] = (node, what) => {
    const value = isScalar(node) ? node.value : undefined
    return typeof value === 'boolean' ? value : problem(node, `${what} must be true or false`)
  }

  const choice = <T extends string>(node: Node | null, what: string, choices: readonly T[]): T | null => {
    const value = isScalar(node) ? String(node.value) : ''
    const found = choices.find((candidate) => candidate === value)
    if (found !== undefined) return found
    return problem(node, `${what} must be one of ${choices.join(', ')}`, {
      expected: choices.join(', '),
      suggestion: closest(value, choices),
    })
  }

  const plain: LocatedReader['plain'] = (node) => node?.toJS(document, { maxAliasCount: 100 })

  return { diagnostics, problem, resolve, map, list, text, number, boolean, choice, plain }
}

/** Where a node stands in its text. */
function rangeOf(node: Node, lines: LineCounter): Range | undefined {
  const range = node.range
  return range ? rangeBetween(range[0], range[1], lines) : undefined
}

/** The stretch between two offsets. */
export function rangeBetween(start: number, end: number, lines: LineCounter): Range {
  return { start: positionAt(start, lines), end: positionAt(end, lines) }
}

function positionAt(offset: number, lines: LineCounter): Position {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col), offset }
}
