import type { ParallelPolicy } from '../ir.js'
import type { Fields } from '../read/fields.js'
import { positiveInteger, readBoolean, readChoice, readNumber } from '../read/scalars.js'
import type { ParseContext } from './context.js'

/** How the branches of a step run; nothing when they run one after the other. */
export interface Branching {
  readonly parallel?: ParallelPolicy
  readonly onConflict?: 'rerun' | 'fatal'
}

/** `parallel` with `fail_fast` and `on_conflict` beside it. */
export function readBranching(cx: ParseContext, fields: Fields): Branching {
  const node = fields.node('parallel')
  const failFastNode = fields.node('fail_fast')
  const conflictNode = fields.node('on_conflict')
  const failFast = failFastNode === undefined ? null : readBoolean(cx, failFastNode, 'fail_fast')
  const onConflict =
    conflictNode === undefined ? null : readChoice(cx, conflictNode, 'on_conflict', ['rerun', 'fatal'])
  const off = node === undefined || (node.kind === 'scalar' && node.value === false)
  if (off) {
    for (const key of ['fail_fast', 'on_conflict']) {
      const entry = fields.entry(key)
      if (entry === undefined) continue
      cx.problems.report('GUMP-W039', entry.at, `${key} has no effect without parallel`, {
        expected: 'parallel: true beside it',
      })
    }
    return {}
  }
  const everything = node.kind === 'scalar' && node.value === true
  const limit = everything
    ? null
    : readNumber(cx, node, 'parallel', {
        ...positiveInteger,
        expected: 'true, false or a whole number of at least 1',
      })
  return {
    parallel: { ...(limit === null ? {} : { limit }), failFast: failFast ?? false },
    ...(onConflict === null ? {} : { onConflict }),
  }
}
