import { closest } from '@gump/errors'
import type { FailureCause, RetryCondition, RetryEntry, RetryPolicy } from '../ir.js'
import type { Span, YamlEntry, YamlNode } from '../yaml/tree.js'
import { Fields, readFields } from '../read/fields.js'
import { positiveInteger, readChoice, readNumber, readString, wrongKind } from '../read/scalars.js'
import type { ParseContext } from './context.js'
import { isOldRetry } from './first-keys.js'
import { overrideKeys, readOverride } from './retry-override.js'
import { readCall } from './workflow-call.js'

const conditions = ['attempt', 'not', 'validate', 'exit'] as const
const causes: readonly FailureCause[] = ['gate', 'guard', 'review']
const known = { what: 'a retry entry', keys: [...conditions, 'with', 'cause', ...overrideKeys] }

interface Exit {
  readonly exit: number
  readonly cause: FailureCause | null
  readonly at: Span
}

/** `retry`: an ordered list of conditions with overrides, and the exit. */
export function readRetry(cx: ParseContext, entry: YamlEntry): RetryPolicy | null {
  const node = entry.value
  // Reported with the keys of the step.
  if (isOldRetry(node)) return null
  if (node.kind !== 'seq') return wrongKind(cx, node, 'retry', 'a list that ends with exit: N')
  const entries: RetryEntry[] = []
  const exits: Exit[] = []
  let failed = false
  for (const item of node.items) {
    const read = readEntry(cx, item)
    if (exits.some((exit) => exit.cause === null)) {
      cx.problems.report('GUMP-W043', item, 'entries after exit are never used', { severity: 'warning' })
    } else if (read === null) failed = true
    else if ('exit' in read) exits.push(read)
    else entries.push(read)
  }
  const last = exits.find((exit) => exit.cause === null)
  if (last === undefined) {
    if (!failed) reportNoExit(cx, entry, exits)
    return null
  }
  const byCause = exitsByCause(cx, exits, last.exit)
  return {
    exit: last.exit,
    ...(byCause.size === 0 ? {} : { exitByCause: Object.fromEntries(byCause) }),
    entries,
    defaults: { worktree: 'keep', session: 'keep' },
    range: cx.source.range(entry.at),
  }
}

/** Exits narrowed to one cause; they count where they come before the last attempt of all. */
function exitsByCause(
  cx: ParseContext,
  exits: readonly Exit[],
  last: number,
): ReadonlyMap<FailureCause, number> {
  const found = new Map<FailureCause, number>()
  for (const { exit, cause, at } of exits) {
    if (cause === null) continue
    if (found.has(cause)) {
      cx.problems.report('GUMP-W008', at, `a second exit for ${cause}`, {
        expected: 'one exit for each cause',
      })
    } else if (exit >= last) {
      const message = `exit ${exit} for ${cause} never applies: exit is ${last}`
      cx.problems.report('GUMP-W044', at, message, {
        severity: 'warning',
        expected: `an attempt before ${last}`,
      })
    } else {
      found.set(cause, exit)
    }
  }
  return found
}

function reportNoExit(cx: ParseContext, entry: YamlEntry, exits: readonly Exit[]): void {
  const only = exits[0]?.cause
  const message = only ? `retry has an exit for ${only} only` : 'retry has no exit'
  cx.problems.report('GUMP-W040', entry.at, message, {
    expected: 'a last entry such as exit: 3, the number of the last attempt',
  })
}

function readEntry(cx: ParseContext, node: YamlNode): RetryEntry | Exit | null {
  const fields = readFields(cx, node, known)
  if (fields === null) return null
  const present = conditions.filter((key) => fields.has(key))
  const [condition, second] = present
  if (condition === undefined && node.kind === 'map' && node.entries.some(misspeltCondition)) return null
  if (condition === undefined || second !== undefined) {
    const at = second === undefined ? fields.at : (fields.entry(second)?.at ?? fields.at)
    const message =
      second === undefined ? 'a retry entry without a condition' : `${condition} and ${second} in one entry`
    cx.problems.report('GUMP-W041', at, message, { expected: `exactly one of ${conditions.join(', ')}` })
    return null
  }
  const cause = readCause(cx, fields)
  if (condition === 'exit') return readExit(cx, fields, cause)
  if (fields.has('with') && condition !== 'validate') {
    cx.problems.report('GUMP-W027', fields.entry('with')?.at ?? fields.at, 'with belongs to validate')
  }
  const read = readCondition(cx, fields, condition)
  const override = readOverride(cx, fields)
  if (Object.keys(override).length === 0 && onlyCondition(node)) {
    cx.problems.report('GUMP-W047', fields.at, `${condition} without an override changes nothing`, {
      severity: 'warning',
      expected: overrideKeys.join(', '),
    })
  }
  if (read === null) return null
  return {
    condition: read,
    ...(cause === null ? {} : { cause }),
    override,
    range: cx.source.range(fields.at),
  }
}

/** Reported as an unknown key already. */
function misspeltCondition({ key }: YamlEntry): boolean {
  return !known.keys.includes(key) && conditions.some((condition) => condition === closest(key, known.keys))
}

function onlyCondition(node: YamlNode): boolean {
  const silent: readonly string[] = [...conditions, 'with', 'cause']
  return node.kind === 'map' && node.entries.every((entry) => silent.includes(entry.key))
}

function readCause(cx: ParseContext, fields: Fields): FailureCause | null {
  const node = fields.node('cause')
  return node === undefined ? null : readChoice(cx, node, 'cause', causes)
}

function readExit(cx: ParseContext, fields: Fields, cause: FailureCause | null): Exit | null {
  for (const key of [...overrideKeys, 'with']) {
    const extra = fields.entry(key)
    if (extra === undefined) continue
    cx.problems.report('GUMP-W039', extra.at, `${key} beside exit has no effect: no attempt follows it`, {
      expected: 'an attempt entry before exit',
    })
  }
  const node = fields.node('exit')
  const exit = node === undefined ? null : readNumber(cx, node, 'exit', positiveInteger)
  return exit === null ? null : { exit, cause, at: fields.at }
}

function readCondition(
  cx: ParseContext,
  fields: Fields,
  condition: 'attempt' | 'not' | 'validate',
): RetryCondition | null {
  const node = fields.node(condition)
  if (node === undefined) return null
  if (condition === 'attempt') {
    const attempt = readNumber(cx, node, 'attempt', positiveInteger)
    return attempt === null ? null : { when: 'attempt', attempt }
  }
  if (condition === 'not') {
    const gate = readString(cx, node, 'not', 'the name of a gate')
    return gate === null
      ? null
      : { when: 'not', gate: gate.replace(/^gate\./, ''), range: cx.source.range(node) }
  }
  const call = readCall(cx, node, fields.node('with'))
  return call === null ? null : { when: 'validate', call }
}
