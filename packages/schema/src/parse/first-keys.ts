import type { YamlEntry, YamlMap, YamlNode } from '../yaml/tree.js'
import { describe, quote } from '../read/describe.js'
import type { ParseContext } from './context.js'

/** What a key of the first versions is called now. */
interface FirstKey {
  /** The key of today that says the same, for what is concluded from the keys of a step. */
  readonly now: string
  expected(cx: ParseContext, value: YamlNode): string
}

/** Keys that only the very first versions had, before either dialect. */
const stepKeysOfFirst: Readonly<Record<string, FirstKey>> = {
  validate: {
    now: 'gate',
    expected: (_cx, value) => {
      if (value.kind === 'seq' && value.items.length === 0)
        return 'no gate at all: an empty list checks nothing'
      return value.kind === 'scalar' ? 'gate: with a list such as [compile]' : 'gate: with the same list'
    },
  },
  recipe: { now: 'workflow', expected: () => 'workflow: with the same name' },
}

/** `retry` was a mapping, and counted all attempts. */
const oldRetryKeys = ['max_attempts', 'strategy']

/** Reports an entry of a step that the first versions wrote; gives back the key of today, or undefined. */
export function reportFirstKey(cx: ParseContext, entry: YamlEntry): string | undefined {
  if (entry.key === 'retry' && isOldRetry(entry.value)) {
    const now = cx.dialect === 'v3' ? 'is called on_failure now' : 'is a list now'
    reportRenamed(cx, entry, now, retryOfToday(cx, entry.value))
    return 'retry'
  }
  const first = Object.hasOwn(stepKeysOfFirst, entry.key) ? stepKeysOfFirst[entry.key] : undefined
  if (first === undefined) return undefined
  reportRenamed(cx, entry, `is called ${first.now} now`, first.expected(cx, entry.value))
  return first.now
}

/** `review:` at the root of a file was judged at the end of a run. */
export function reportFirstReview(cx: ParseContext, root: YamlMap): void {
  const entry = root.entries.find(({ key }) => key === 'review')
  if (entry === undefined) return
  const last = cx.dialect === 'v3' ? 'output: review' : 'type: validate'
  reportRenamed(cx, entry, 'is a step now', `a last step with ${last}, or one with a gate list`)
}

/** True for `retry: {max_attempts: 3, strategy: [same]}`. */
export function isOldRetry(node: YamlNode): node is YamlMap {
  return node.kind === 'map' && node.entries.some(({ key }) => oldRetryKeys.includes(key))
}

function retryOfToday(cx: ParseContext, node: YamlMap): string {
  const attempts = node.entries.find(({ key }) => key === 'max_attempts')?.value
  const count = attempts?.kind === 'scalar' && typeof attempts.value === 'number' ? attempts.value : null
  const hasStrategy = node.entries.some(({ key }) => key === 'strategy')
  if (cx.dialect === 'v4') {
    const ladder = hasStrategy ? '{attempt: N, agent: AGENT} for each change of agent, then ' : ''
    return `${ladder}exit: ${count ?? 'N'}, which counts the first attempt`
  }
  const strategy = hasStrategy ? ', strategy: […]' : ''
  return `on_failure: {retry: ${count === null ? 'N' : count - 1}${strategy}}, which does not count the first attempt`
}

function reportRenamed(cx: ParseContext, entry: YamlEntry, now: string, expected: string): void {
  const what = entry.key === 'retry' ? `retry as ${describe(entry.value)}` : quote(entry.key)
  cx.problems.report('GUMP-W078', entry.at, `${what} is of the first versions; it ${now}`, { expected })
}
