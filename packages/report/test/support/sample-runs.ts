import type { LedgerEvent } from '@gump/ledger'
import {
  completed,
  done,
  ended,
  failedGate,
  group,
  launching,
  nothing,
  passedGate,
  record,
  retry,
  started,
  step,
  tasks,
  turn,
  usage,
} from './record.js'

/** A split into two tasks; the second needs a retry. Costs $0.83 in 8 turns and 52 seconds. */
export function cheapRun(): readonly LedgerEvent[] {
  const recording = record().put(started('cheap2sota'))
  recording
    .at(1)
    .put(
      step({ step: 'decompose', agent: 'claude-sonnet', type: 'split' }),
      launching({ step: 'decompose', agent: 'claude-sonnet' }),
    )
    .at(9)
    .put(
      turn({ step: 'decompose', n: 1, usage: usage(0.1) }),
      turn({ step: 'decompose', n: 2, usage: usage(0.04) }),
      completed({ step: 'decompose', usage: usage(0.14, 200), turns: 2 }),
      tasks({ step: 'decompose', tasks: ['fix-login', 'add-auth'] }),
      done({ step: 'decompose', usage: usage(0.14), ms: 8000, turns: 2 }),
      group({ step: 'decompose', items: ['fix-login', 'add-auth'], each: true }),
    )
  const first = 'decompose/fix-login/impl'
  recording
    .put(step({ step: first, agent: 'qwen', max: 6 }), launching({ step: first, agent: 'qwen' }))
    .at(20)
    .put(
      turn({ step: first, n: 1, usage: usage(0.19) }),
      completed({ step: first, usage: usage(0.19) }),
      snapshot(first, 1, 12, 4),
      passedGate({ step: first, gate: 'compile' }),
      passedGate({ step: first, gate: 'test' }),
      done({ step: first, usage: usage(0.19), ms: 11_000 }),
    )
  const second = 'decompose/add-auth/impl'
  recording
    .put(step({ step: second, agent: 'qwen', max: 6 }), launching({ step: second, agent: 'qwen' }))
    .at(35)
    .put(
      turn({ step: second, n: 1, usage: usage(0.2) }),
      turn({ step: second, n: 2, usage: usage(0.05) }),
      completed({ step: second, usage: usage(0.25, 200), turns: 2 }),
      snapshot(second, 1, 30, 0),
      passedGate({ step: second, gate: 'compile' }),
      failedGate({ step: second, gate: 'test', error: '\u001b[31mnot ok\u001b[0m 3' }),
      retry({ step: second }),
      step({ step: second, attempt: 2, agent: 'qwen', max: 6 }),
      launching({ step: second, attempt: 2, agent: 'qwen' }),
    )
    .at(50)
    .put(
      turn({ step: second, attempt: 2, n: 1, usage: usage(0.1) }),
      turn({ step: second, attempt: 2, n: 2, usage: usage(0.1) }),
      turn({ step: second, attempt: 2, n: 3, usage: usage(0.05) }),
      completed({ step: second, attempt: 2, usage: usage(0.25, 300), turns: 3 }),
      snapshot(second, 2, 33, 2),
      passedGate({ step: second, attempt: 2, gate: 'compile' }),
      passedGate({ step: second, attempt: 2, gate: 'test' }),
      done({ step: second, attempt: 2, usage: usage(0.5), ms: 30_000, turns: 5 }),
    )
    .put(
      step({ step: 'quality' }),
      passedGate({ step: 'quality', gate: 'compile' }),
      passedGate({ step: 'quality', gate: 'lint' }),
    )
    .put({ type: 'gate_skipped', step: 'quality', round: 1, attempt: 1, gate: 'e2e', reason: 'no command' })
    .at(52)
    .put(
      done({ step: 'quality', kind: 'gate', ms: 2000, turns: 0, usage: nothing }),
      ended('passed', usage(0.83), 52_000),
    )
  return recording.events
}

function snapshot(path: string, attempt: number, insertions: number, deletions: number) {
  return {
    type: 'snapshot_created',
    step: path,
    round: 1,
    attempt,
    launch: 1,
    commit: `c${attempt}`,
    tree: 't',
    ref: `refs/gump/x/${path}`,
    files: [{ path: 'src/a.ts', status: 'modified', insertions, deletions }],
    insertions,
    deletions,
    diff: { path: `artifacts/${path}/${attempt}/diff.patch`, sha256: 'a'.repeat(64), bytes: 10 },
  } as const
}
