import type { GuardSpec, GuardValue } from '../ir.js'
import type { YamlEntry, YamlNode } from '../yaml/tree.js'
import { readDuration } from '../read/duration.js'
import { positive, positiveInteger, readBoolean, readNumber, readString, wrongKind } from '../read/scalars.js'
import type { ParseContext } from './context.js'
import { checkPath } from './paths.js'
import { mayBePlugin, reportUnknown } from './plugin-names.js'
import type { GuardValueKind } from './vocabulary.js'

/** `guard`: names and values. A switch that is off is no guard; `noWriteOff` remembers it for the implied one. */
export function readGuards(
  cx: ParseContext,
  node: YamlNode,
): { readonly guards: readonly GuardSpec[]; readonly noWriteOff: boolean } {
  if (node.kind !== 'map') {
    wrongKind(cx, node, 'guard', 'a mapping such as {max_turns: 40}')
    return { guards: [], noWriteOff: false }
  }
  const specs = node.entries.map((entry) => readGuard(cx, entry)).filter((spec) => spec !== null)
  return {
    guards: specs.filter((spec) => spec.value !== false),
    noWriteOff: specs.some((spec) => spec.guard === 'no_write' && spec.value === false),
  }
}

function readGuard(cx: ParseContext, entry: YamlEntry): GuardSpec | null {
  const known = cx.vocabulary.guards
  // `timeout` is the other word for max_time.
  const name = entry.key === 'timeout' ? 'max_time' : entry.key
  const guard = known.find((candidate) => candidate.name === name)
  if (guard === undefined) {
    const names = known.map((candidate) => candidate.name)
    reportUnknown(cx, { what: 'guard', name: entry.key, at: entry.at }, names)
    if (!mayBePlugin(cx, entry.key)) return null
  }
  const value =
    guard === undefined
      ? readPluginValue(cx, entry.value, entry.key)
      : readGuardValue(cx, entry.value, entry.key, guard.value)
  return value === null
    ? null
    : { guard: name, value, range: cx.source.range({ ...entry.at, end: entry.value.end }) }
}

function readGuardValue(
  cx: ParseContext,
  node: YamlNode,
  what: string,
  kind: GuardValueKind,
): GuardValue | null {
  switch (kind) {
    case 'count':
      return readNumber(cx, node, what, positiveInteger)
    case 'usd':
      return readNumber(cx, node, what, positive)
    case 'duration':
      return readDuration(cx, node, what)
    case 'switch':
      return readBoolean(cx, node, what)
    case 'globs':
      return readGlobs(cx, node, what)
  }
}

/** The value of a guard that only a plugin can bring, as it is written. */
function readPluginValue(cx: ParseContext, node: YamlNode, what: string): GuardValue | null {
  if (node.kind === 'scalar' && node.value !== null) return node.value
  return readGlobs(cx, node, what)
}

function readGlobs(cx: ParseContext, node: YamlNode, what: string): readonly string[] | null {
  const items = node.kind === 'seq' ? node.items : [node]
  if (items.length === 0) return wrongKind(cx, node, what, 'at least one glob such as src/**')
  const globs: string[] = []
  for (const item of items) {
    const glob = readString(cx, item, what, 'a glob such as src/**, or a list of them')
    if (glob === null || !checkPath(cx, item, glob, 'the glob')) return null
    globs.push(glob)
  }
  return globs
}
