import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LedgerEvent, type NewEvent, openLedger, readLedger, readLedgerParts } from '@gump/ledger'
import { afterEach, beforeEach, expect, test } from 'vitest'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gump-parts-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

/** A ledger of several parts. */
function written(): string {
  const ledger = openLedger({ dir, runId: 'run-1', clock: Date, mode: 'create' })
  const note: NewEvent = { type: 'warning', message: 'é🍿 '.repeat(1000) }
  for (let n = 0; n < 500; n += 1) ledger.append([note, note])
  ledger.close()
  return ledger.file
}

async function all(file: string, options?: Parameters<typeof readLedgerParts>[1]) {
  const parts: (readonly LedgerEvent[])[] = []
  for await (const events of readLedgerParts(file, options)) parts.push(events)
  return parts
}

test('the parts together are the ledger, without a torn last line', async () => {
  const file = written()
  appendFileSync(file, '{"v":1,"seq":1001,')
  const parts = await all(file)
  expect(parts.length).toBeGreaterThan(3)
  expect(parts.flat()).toEqual((await readLedger(file)).events)
})

test.each([
  ['a damaged line', () => appendFileSync(written(), 'no json\n'), 'GUMP-L001'],
  ['no ledger', () => {}, 'GUMP-L011'],
  ['something else', () => writeFileSync(join(dir, 'manifest.ndjson'), 'hello'), 'GUMP-L001'],
])('%s has the code that reading it whole has', async (_, prepare, code) => {
  prepare()
  const file = join(dir, 'manifest.ndjson')
  await expect(all(file)).rejects.toMatchObject({ code })
  await expect(readLedger(file)).rejects.toMatchObject({ code })
})

test('the ledger of another run is refused', async () => {
  await expect(all(written(), { runId: 'run-2' })).rejects.toMatchObject({ code: 'GUMP-L001' })
})
