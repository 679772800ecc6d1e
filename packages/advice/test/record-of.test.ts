import { expect, test } from 'vitest'
import { end, ledger, type Ledger } from './support/events.js'

const tries = (run: { chains: readonly { tries: readonly { agent: string; passed: boolean | null }[] }[] }) =>
  run.chains.map((chain) =>
    chain.tries.map(({ agent, passed }) => `${agent}${passed === null ? '?' : passed ? '+' : '-'}`),
  )

test('the tries of a step are a chain, with what each of them took', () => {
  const run = ledger(1)
    .attempt('impl', 'haiku', { ends: 'retry', usd: 0.1, model: 'haiku-4' })
    .attempt('impl', 'opus', { n: 2, usd: 1.5 })
  const record = end(run)
  expect(tries(record)).toEqual([['haiku-', 'opus+']])
  expect(record).toMatchObject({
    id: 'run-1',
    alias: 'alias-1',
    workflow: 'tdd',
    status: 'passed',
    microUsd: 1_600_000,
    durationMs: 60_000,
    began: { impl: 'haiku' },
    chains: [
      {
        step: 'impl',
        gaveUp: false,
        tries: [
          { microUsd: 100_000, durationMs: 3000, model: 'haiku-4' },
          { microUsd: 1_500_000, model: null },
        ],
      },
    ],
  })
})

test('what was given up is distinguished from what was interrupted', () => {
  expect(end(ledger(1).attempt('impl', 'a', { ends: 'fatal' }), 'failed').chains).toMatchObject([
    { gaveUp: true, tries: [{ passed: false }] },
  ])
  const open = ledger(1).attempt('impl', 'a', { ends: 'open' }).record()
  expect(open).toMatchObject({ status: 'open', chains: [{ gaveUp: false, tries: [{ passed: null }] }] })
  expect(end(ledger(1).attempt('impl', 'a', { ends: 'open' }), 'cancelled').status).toBe('open')
  expect(end(ledger(1), 'paused').status).toBe('open')
})

test('tasks have one key, their kind, and their share of the run', () => {
  const run = ledger(1)
    .attempt('decompose', 'opus', {
      type: 'split',
      usd: 2,
      before: (at) =>
        at.line('output_collected', {
          step: 'decompose',
          round: 1,
          attempt: 1,
          launch: 1,
          from: 'file',
          tasks: [
            { slug: 'one', name: 'one', description: '', extra: { kind: 'api' } },
            { slug: 'two', name: 'two', description: '', extra: { kind: 7 } },
          ],
        }),
    })
    .line('group_started', {
      step: 'decompose',
      round: 1,
      attempt: 1,
      each: true,
      items: ['one', 'two'],
      parallel: false,
      max_attempts: 1,
      base_commit: 'c',
      workspace: 'run',
    })
    .attempt('decompose/one/impl', 'haiku', { usd: 0.5 })
    .attempt('decompose/two/impl', 'haiku', { usd: 0.25 })
  const record = end(run)
  expect(record).toMatchObject({
    tasks: 2,
    inTasks: { microUsd: 750_000, durationMs: 6000 },
    microUsd: 2_750_000,
  })
  expect(record.began).toEqual({ decompose: 'opus', 'decompose/*/impl': 'haiku' })
  expect(record.chains.map(({ step, kind }) => [step, kind])).toEqual([
    ['decompose', null],
    ['decompose/*/impl', 'api'],
    ['decompose/*/impl', null],
  ])
  expect(record.chains[0]?.tries[0]?.microUsd).toBe(2_000_000)
})

test('validators are not tries, and are paid for by the attempt that they judge', () => {
  const judge = (at: Ledger): void => {
    at.attempt('impl/gate.review/check', 'opus', { usd: 0.75, type: 'validate' })
  }
  const run = ledger(1)
    .attempt('impl', 'haiku', { ends: 'retry', usd: 0.25, before: judge })
    .attempt('impl', 'haiku', { n: 2, usd: 0.25 })
    .attempt('verify', 'opus', { type: 'validate' })
  expect(end(run).chains.map(({ tries }) => tries.map(({ microUsd }) => microUsd))).toEqual([
    [1_000_000, 250_000],
  ])
})

test('a part without a price makes a cost unknown', () => {
  const record = end(ledger(1).attempt('impl', 'a', { usd: null }))
  expect(record).toMatchObject({ microUsd: null, chains: [{ tries: [{ microUsd: null }] }] })
})

test('a pass does not stand when the gates of its group fail', () => {
  const group = {
    step: 'tdd',
    round: 1,
    parallel: false,
    max_attempts: 3,
    base_commit: 'c',
    workspace: 'run',
  }
  const run = ledger(1)
    .line('group_started', { ...group, attempt: 1 })
    .attempt('tdd/red', 'a')
    .attempt('tdd/green', 'b')
    .line('gate_failed', { step: 'tdd', round: 1, attempt: 1, gate: 'test', duration_ms: 1, error: 'no' })
    .line('retry_triggered', {
      step: 'tdd',
      round: 1,
      attempt: 1,
      next_attempt: 2,
      cause: 'gate',
      reason: 'gate test failed',
      matched: [],
      session: 'new',
      worktree: 'reset',
      escalated: false,
    })
    .line('group_started', { ...group, attempt: 2 })
    .attempt('tdd/red', 'a', { round: 2 })
    .attempt('tdd/green', 'c', { round: 2 })
  expect(tries(end(run))).toEqual([['a+'], ['a+'], ['b-', 'c+']])
})

test('what a replay took over tells what had failed, and is not counted again', () => {
  const run = ledger(2)
    .line('replay_started', { from_run: 'run-1', from_step: 'impl', replayed: true })
    .attempt('impl', 'a', { ends: 'retry', replayed: true })
    .attempt('impl', 'b', { n: 2 })
  const record = end(run)
  expect(record.replay).toBe(true)
  expect(record.chains[0]?.tries.map(({ agent, recalled }) => [agent, recalled])).toEqual([
    ['a', true],
    ['b', false],
  ])
})
