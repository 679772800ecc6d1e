import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Alias,
  type Document,
  type ParsedNode,
  type Scalar,
} from 'yaml'
import { workflowLimits } from '../limits.js'
import { EntryCollector } from './entry-collector.js'
import type { Problems } from './problems.js'
import { quoteValue } from './source-line.js'
import type { Span, YamlMap, YamlNode, YamlScalar, YamlSeq } from './tree.js'

/** Turns an offset of the composed text into one of the file. */
export type OffsetMap = (offset: number) => number

interface Build {
  readonly problems: Problems
  readonly map: OffsetMap
  /** Anchors seen so far, in the order of the text. */
  readonly anchors: Map<string, unknown>
  /** What an alias stood for when it was first met; a later anchor of the same name does not change it. */
  readonly targets: Map<Alias, unknown>
  /** Anchored nodes under conversion: an alias to one of them contains itself. */
  readonly open: Set<unknown>
  expanding: number
  expansions: number
  visited: number
}

/** Leaves the recursion when nothing sensible can follow; never seen outside this file. */
class LimitReached extends Error {}

/**
 * Expands aliases and merge keys of a document. The root is null, after a report, when a limit is exceeded or
 * an alias stands for nothing.
 * `visited` is the number of nodes built, which bounds the work of everything that follows.
 */
export function buildTree(
  document: Document.Parsed<ParsedNode>,
  problems: Problems,
  map: OffsetMap,
): { readonly root: YamlNode | null; readonly visited: number } {
  const build: Build = {
    problems,
    map,
    anchors: new Map(),
    targets: new Map(),
    open: new Set(),
    expanding: 0,
    expansions: 0,
    visited: 0,
  }
  try {
    return { root: convert(build, document.contents, 0, 0), visited: build.visited }
  } catch (error) {
    if (error instanceof LimitReached) return { root: null, visited: build.visited }
    throw error
  }
}

function convert(build: Build, node: unknown, fallback: number, depth: number): YamlNode {
  build.visited += 1
  const at = spanOf(build, node, fallback)
  if (build.visited > workflowLimits.nodes) {
    stop(build, 'GUMP-W002', at, `more than ${workflowLimits.nodes} YAML nodes after expanding aliases`)
  }
  // The composer limits the text; aliases can make the tree deeper than that.
  if (depth >= workflowLimits.depth && (isMap(node) || isSeq(node))) {
    stop(build, 'GUMP-W003', at, `nested more than ${workflowLimits.depth} levels deep`)
  }
  if (isAlias(node)) return expand(build, node, at, depth)
  const anchor = (isMap(node) || isSeq(node) || isScalar(node)) && node.anchor
  if (!anchor) return convertPlain(build, node, at, depth)
  if (build.expanding === 0) build.anchors.set(anchor, node)
  build.open.add(node)
  const result = convertPlain(build, node, at, depth)
  build.open.delete(node)
  return result
}

function convertPlain(build: Build, node: unknown, at: Span, depth: number): YamlNode {
  if (isMap(node)) return convertMap(build, node, at, depth)
  if (isSeq(node)) return convertSeq(build, node.items, at, depth)
  return isScalar(node) ? convertScalar(node, at) : empty(at)
}

function expand(build: Build, alias: Alias, at: Span, depth: number): YamlNode {
  build.expansions += 1
  if (build.expansions > workflowLimits.aliasExpansions) {
    stop(build, 'GUMP-W005', at, `aliases are expanded more than ${workflowLimits.aliasExpansions} times`)
  }
  if (!build.targets.has(alias)) build.targets.set(alias, build.anchors.get(alias.source))
  const target = build.targets.get(alias)
  if (target === undefined) return unquoted(build, alias, at)
  if (build.open.has(target)) stop(build, 'GUMP-W005', at, `the alias *${alias.source} contains itself`)
  build.expanding += 1
  const node = convert(build, target, at.start, depth)
  build.expanding -= 1
  return node
}

/** Globs begin with an asterisk, and YAML takes that for the name of an anchor. */
function unquoted(build: Build, alias: Alias, at: Span): YamlScalar {
  const text = `*${alias.source}`
  const suggestion = quoteValue(text)
  if (/^\*[\w-]+$/.test(text)) {
    const expected = `&${alias.source} where the value is first written; as text, quote it: ${suggestion}`
    stop(build, 'GUMP-W005', at, `the alias ${text} has no anchor before it`, { expected })
  }
  const message = `YAML takes ${text} for an alias, because it starts with *`
  build.problems.report('GUMP-W005', at, message, { expected: 'quote it', suggestion })
  return { kind: 'scalar', value: text, source: text, ...at }
}

function convertMap(
  build: Build,
  node: { readonly items: readonly { key: unknown; value?: unknown }[]; readonly flow?: boolean | undefined },
  at: Span,
  depth: number,
): YamlMap {
  const collector = new EntryCollector(build.problems)
  let end = at.start
  for (const pair of node.items) {
    const key = convert(build, pair.key, end, depth + 1)
    const value = convert(build, pair.value ?? null, key.end, depth + 1)
    end = Math.max(end, value.end)
    collector.add(key, value)
  }
  return { kind: 'map', entries: collector.finish(), flow: node.flow === true, ...at }
}

function convertSeq(build: Build, items: readonly unknown[], at: Span, depth: number): YamlSeq {
  return { kind: 'seq', items: items.map((item) => convert(build, item, at.start, depth + 1)), ...at }
}

function convertScalar(node: Scalar, at: Span): YamlScalar {
  const { value } = node
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  const source = node.source ?? (known ? String(value) : '')
  return { kind: 'scalar', value: known ? value : null, source, ...at }
}

function empty(at: Span): YamlScalar {
  return { kind: 'scalar', value: null, source: '', ...at }
}

function spanOf(build: Build, node: unknown, fallback: number): Span {
  const range = isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range : null
  if (!range) return { start: fallback, end: fallback }
  return { start: build.map(range[0]), end: build.map(range[1]) }
}

function stop({ problems }: Build, ...problem: Parameters<Problems['report']>): never {
  problems.report(...problem)
  throw new LimitReached()
}
