import { mkdtempSync, rmSync } from 'node:fs'
import type * as Fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ledger, type NewEvent, openLedger } from '@gump/ledger'
import { beforeEach, expect, test, vi } from 'vitest'

import { samples } from './support/samples.js'

// A mock, because a file does not show which of its bytes an fsync has brought to the disk.
const fsyncs = vi.hoisted(() => ({ background: 0, now: 0, waiting: [] as ((cause: null) => void)[] }))
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof Fs>()),
  fsync(_: number, done: (cause: null) => void) {
    fsyncs.background += 1
    fsyncs.waiting.push(done)
  },
  fsyncSync() {
    fsyncs.now += 1
  },
}))

const note: NewEvent = { type: 'warning', message: 'a note' }
const stepEnd: NewEvent = { type: 'step_completed', ...samples.step_completed }

function open(): Ledger {
  const dir = mkdtempSync(join(tmpdir(), 'gump-sync-'))
  const ledger = openLedger({ dir, runId: 'run-1', clock: Date, mode: 'create' })
  fsyncs.now = 0
  return {
    ...ledger,
    close() {
      ledger.close()
      rmSync(dir, { recursive: true })
    },
  }
}

beforeEach(() => {
  Object.assign(fsyncs, { background: 0, now: 0, waiting: [] })
})

test('the end of a step begins its fsync at once, and does not wait for it', () => {
  const ledger = open()
  ledger.append([note])
  expect(fsyncs).toMatchObject({ background: 0, now: 0 })
  ledger.append([stepEnd])
  expect(fsyncs).toMatchObject({ background: 1, now: 0 })
  ledger.close()
})

test('what was written while an fsync ran is brought to the disk after it', () => {
  const ledger = open()
  ledger.append([stepEnd])
  ledger.append([stepEnd])
  expect(fsyncs.background).toBe(1)
  fsyncs.waiting.shift()?.(null)
  expect(fsyncs.background).toBe(2)
  fsyncs.waiting.shift()?.(null)
  expect(fsyncs.background).toBe(2)
  ledger.close()
})

test('a barrier meanwhile has brought it there already', () => {
  const ledger = open()
  ledger.append([stepEnd])
  ledger.append([stepEnd])
  ledger.append([note], { barrier: true })
  expect(fsyncs.now).toBe(1)
  fsyncs.waiting.shift()?.(null)
  expect(fsyncs.background).toBe(1)
  ledger.close()
})
