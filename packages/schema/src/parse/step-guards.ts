import type { GuardSpec, StepType } from '../ir.js'
import type { Fields } from '../read/fields.js'
import { readDuration } from '../read/duration.js'
import { positive, readNumber } from '../read/scalars.js'
import type { ParseContext } from './context.js'
import { readGuards } from './guards.js'

/** The guards of an agent step: written ones, `timeout` and `max_budget` beside them, and the one its type implies. */
export function readStepGuards(cx: ParseContext, fields: Fields, type: StepType): readonly GuardSpec[] {
  const node = fields.node('guard')
  const { guards, noWriteOff } = node === undefined ? { guards: [], noWriteOff: false } : readGuards(cx, node)
  const all = [...guards, ...besideGuards(cx, fields)]
  reportTwice(cx, fields, all)
  if (type !== 'code' && !noWriteOff && !all.some((guard) => guard.guard === 'no_write')) {
    all.push({ guard: 'no_write', value: true, range: cx.source.range(fields.at) })
  }
  // In one order however they are written, so that the same guards are the same list.
  const order = cx.vocabulary.guards.map((guard) => guard.name)
  return all.toSorted((a, b) => order.indexOf(a.guard) - order.indexOf(b.guard))
}

function besideGuards(cx: ParseContext, fields: Fields): readonly GuardSpec[] {
  const timeout = fields.entry('timeout')
  const budget = fields.entry('max_budget')
  const time = timeout && readDuration(cx, timeout.value, 'timeout')
  const usd = budget && readNumber(cx, budget.value, 'max_budget', positive)
  const found: GuardSpec[] = []
  if (timeout && time) found.push({ guard: 'max_time', value: time, range: cx.source.range(timeout.at) })
  if (budget && usd) found.push({ guard: 'max_budget', value: usd, range: cx.source.range(budget.at) })
  return found
}

function reportTwice(cx: ParseContext, fields: Fields, guards: readonly GuardSpec[]): void {
  for (const name of ['max_time', 'max_budget']) {
    const second = guards.filter((guard) => guard.guard === name)[1]
    if (second === undefined) continue
    const at = { start: second.range.start.offset, end: second.range.end.offset }
    const message = name === 'max_time' ? 'max_time and timeout at once' : `${name} is given twice`
    cx.problems.report('GUMP-W036', at, message, { expected: `one of them; both mean guard.${name}` })
  }
}
