import { createMemoryLedger } from '@gump/ledger'
import { indexEntry, initialState, reduce } from '@gump/history'
import { expect, test } from 'vitest'
import { ended, launching, retried, started, stepCompleted, stepStarted, turned } from './support/lines.js'

test('the line of a run in the index is made of its history, once the run has ended', () => {
  const ledger = createMemoryLedger({ runId: 'r', clock: { now: () => 60_000 } })
  const entry = () => indexEntry(ledger.events.reduce(reduce, initialState))
  ledger.append([started])
  expect(entry()).toBeNull()
  ledger.append([
    stepStarted('impl'),
    launching('impl'),
    turned('impl'),
    retried('impl'),
    stepStarted('impl', 2),
    stepCompleted('impl', 2),
    ended('failed'),
  ])
  expect(entry()).toMatchObject({
    run_id: 'r',
    alias: 'run_2026_03_23_1842',
    workflow: 'tdd',
    status: 'failed',
    turns: 1,
    steps: 1,
    retries: 1,
  })
})
