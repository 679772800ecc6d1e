import type { Dialect } from '../ir.js'
import { quote } from '../read/describe.js'
import type { Problems } from '../yaml/problems.js'
import type { SourceText } from '../yaml/source-text.js'
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/tree.js'
import { isOldRetry } from './first-keys.js'
import { sessionDialect } from './session.js'
import { dialectOfKey } from './step-keys.js'

interface Mark {
  readonly dialect: Dialect
  readonly entry: YamlEntry
}

/** How to say in one dialect what a key says in the other. */
const translations: Readonly<Record<string, string>> = {
  output: 'type: code (diff), split (plan), validate (review) or artifact',
  foreach: 'each: in the split step, with these steps inside it',
  on_failure: 'retry: a list that ends with exit: N, N counting the first attempt',
  max_budget: 'guard: {max_budget: N}',
  inputs: 'nothing: variables that no step provides are inputs',
  session: 'session: new, or session: {from: STEP}',
  type: 'output: diff (code), plan (split), review (validate) or artifact',
  get: 'its keys directly in the step',
  run: 'its keys directly in the step',
  retry: 'on_failure: {retry: N}, N not counting the first attempt',
  each: 'foreach: SPLIT on a group after the split step',
}

const titles: Readonly<Record<Dialect, string>> = { v4: 'the current dialect', v3: 'the earlier dialect' }

/**
 * The dialect of a file: that of the first key of a step that only one of them has; else the earlier one when it
 * declares inputs, and the current one when nothing tells.
 */
export function detectDialect(root: YamlNode, source: SourceText, problems: Problems): Dialect {
  if (root.kind !== 'map') return 'v4'
  const marks = [...rootMarks(root)].toSorted((a, b) => a.entry.at.start - b.entry.at.start)
  const first = marks.find((mark) => mark.entry.key !== 'inputs') ?? marks[0]
  if (first === undefined) return 'v4'
  const other = marks.find((mark) => mark.dialect !== first.dialect)
  if (other !== undefined) {
    const { line } = source.position(first.entry.at.start)
    problems.report(
      'GUMP-W070',
      other.entry.at,
      `${quote(other.entry.key)} belongs to ${titles[other.dialect]}; ${quote(first.entry.key)} in line ${line} makes this file one of ${titles[first.dialect]}`,
      { expected: translations[other.entry.key] ?? `a key of ${titles[first.dialect]}` },
    )
  }
  return first.dialect
}

function* rootMarks(root: YamlMap): Iterable<Mark> {
  for (const entry of root.entries) {
    if (entry.key === 'inputs') yield { dialect: 'v3', entry }
    if (entry.key === 'steps') yield* stepMarks(entry.value)
  }
}

function* stepMarks(steps: YamlNode): Iterable<Mark> {
  if (steps.kind !== 'seq') return
  for (const step of steps.items) {
    if (step.kind !== 'map') continue
    for (const entry of step.entries) {
      yield* markOf(entry)
      if (entry.key === 'get' && entry.value.kind === 'map') {
        for (const inner of entry.value.entries) if (inner.key === 'session') yield* markOf(inner)
      }
      if (entry.key === 'steps' || entry.key === 'each') yield* stepMarks(entry.value)
    }
  }
}

function* markOf(entry: YamlEntry): Iterable<Mark> {
  if (entry.key === 'retry' && isOldRetry(entry.value)) return
  const dialect = entry.key === 'session' ? sessionDialect(entry.value) : dialectOfKey(entry.key)
  if (dialect !== null) yield { dialect, entry }
}
