import type { Range } from '@gump/errors'
import type { FailureCause, RetryEntry, RetryPolicy } from '../../ir.js'
import type { YamlEntry } from '../../yaml/tree.js'
import { readFields, type Fields } from '../../read/fields.js'
import { readNumber, readString } from '../../read/scalars.js'
import type { ParseContext } from '../context.js'
import { readStrategy } from './strategy.js'

const simpleKeys = ['retry', 'strategy', 'restart_from']
const causeKeys = { gate_fail: 'gate', guard_fail: 'guard', review_fail: 'review' } as const
const causes: readonly FailureCause[] = ['gate', 'guard', 'review']

/** One policy as written: the last attempt and what changes on the way. */
interface Ladder {
  readonly exit: number
  readonly entries: readonly RetryEntry[]
}

/** `on_failure` of the earlier dialect: one policy, or one for each cause of failure. */
export function readOnFailure(
  cx: ParseContext,
  entry: YamlEntry,
  session: 'keep' | 'new',
): RetryPolicy | null {
  const fields = readFields(cx, entry.value, {
    what: 'on_failure',
    keys: [...simpleKeys, ...Object.keys(causeKeys)],
  })
  if (fields === null) return null
  const byCause = Object.entries(causeKeys).filter(([key]) => fields.has(key))
  const simple = simpleKeys.find((key) => fields.has(key))
  const [firstCause] = byCause[0] ?? []
  if (simple !== undefined && firstCause !== undefined) {
    const at = fields.entry(firstCause)?.at ?? entry.at
    cx.problems.report('GUMP-W076', at, `${firstCause} beside ${simple}`, {
      expected: 'either retry, strategy and restart_from, or one policy per cause',
    })
    return null
  }
  const policy = byCause.length === 0 ? readLadder(cx, fields, entry) : readCauses(cx, fields, byCause)
  if (policy === null) return null
  return { ...policy, defaults: { worktree: 'reset', session }, range: cx.source.range(entry.at) }
}

function readCauses(
  cx: ParseContext,
  fields: Fields,
  present: readonly (readonly [key: string, cause: FailureCause])[],
): (Ladder & Pick<RetryPolicy, 'exitByCause'>) | null {
  const ladders = new Map<FailureCause, Ladder>()
  let failed = false
  for (const [key, cause] of present) {
    const entry = fields.entry(key)
    const inner = entry && readFields(cx, entry.value, { what: key, keys: simpleKeys })
    const ladder = inner && entry && readLadder(cx, inner, entry)
    if (ladder) ladders.set(cause, ladder)
    else failed = true
  }
  if (failed) return null
  const fallback = ladders.get('gate')
  // A cause without a policy of its own falls back to that of the gates, and without that it is fatal at once.
  const ladderOf = (cause: FailureCause): Ladder => ladders.get(cause) ?? fallback ?? { exit: 1, entries: [] }
  const exit = Math.max(...causes.map((cause) => ladderOf(cause).exit))
  if (ladders.size === 1 && fallback !== undefined) return fallback
  const earlier = causes.filter((cause) => ladderOf(cause).exit < exit)
  return {
    exit,
    ...(earlier.length === 0
      ? {}
      : { exitByCause: Object.fromEntries(earlier.map((cause) => [cause, ladderOf(cause).exit])) }),
    entries: causes.flatMap((cause) => ladderOf(cause).entries.map((item) => ({ ...item, cause }))),
  }
}

function readLadder(cx: ParseContext, fields: Fields, entry: YamlEntry): Ladder | null {
  const retry = fields.node('retry')
  const strategy = fields.node('strategy')
  const restart = fields.node('restart_from')
  const steps = strategy === undefined ? [] : readStrategy(cx, strategy)
  const restartFrom = restart && readString(cx, restart, 'restart_from', 'the name of an earlier step')
  if (retry === undefined) {
    cx.problems.report('GUMP-W011', entry.at, `${entry.key} needs retry`, {
      expected: 'retry: N, the number of attempts after the first',
    })
    return null
  }
  const count = readNumber(cx, retry, 'retry', {
    integer: true,
    test: (value) => value >= 0,
    expected: 'a whole number of at least 0',
  })
  if (count === null) return null
  const entries = steps.map(({ attempt, override, at }): RetryEntry => {
    return { condition: { when: 'attempt', attempt }, override, range: cx.source.range(at) }
  })
  return {
    exit: count + 1,
    entries:
      restart && restartFrom
        ? withRestart(entries, { restartFrom, restartRange: cx.source.range(restart) })
        : entries,
  }
}

/** The restart holds from the second attempt on; it joins the entry of that attempt when there is one. */
function withRestart(
  entries: readonly RetryEntry[],
  restart: { readonly restartFrom: string; readonly restartRange: Range },
): readonly RetryEntry[] {
  const [first, ...rest] = entries
  if (first?.condition.when === 'attempt' && first.condition.attempt === 2) {
    return [{ ...first, override: { ...first.override, ...restart } }, ...rest]
  }
  const range = restart.restartRange
  return [{ condition: { when: 'attempt', attempt: 2 }, override: restart, range }, ...entries]
}
