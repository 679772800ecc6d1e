import { readdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { indexEntry, initialState, reduce, runStatus } from '@gump/history'
import { createEventValidator, readLedger, type LedgerEvent } from '@gump/ledger'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../ledger/test/fixtures/ledgers/', import.meta.url))
const cases = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((release) =>
    readdirSync(root + release.name)
      .filter((file) => file.endsWith('.ndjson'))
      .map((file) => `${release.name}/${file.slice(0, -'.ndjson'.length)}`),
  )
const validate = await createEventValidator()

/** What must be read from a recorded ledger forever. */
function facts(events: readonly LedgerEvent[], tornBytes: number): unknown {
  const types: Record<string, number> = {}
  const run = events.reduce(reduce, initialState)
  for (const event of events) types[event.type] = (types[event.type] ?? 0) + 1
  return {
    lines: events.length,
    torn_bytes: tornBytes,
    types,
    status: { owned: runStatus(run, 'alive'), abandoned: runStatus(run, 'dead') },
    index: indexEntry(run),
  }
}

describe('ledgers of earlier releases', () => {
  test('there are some', () => {
    expect(cases.length).toBeGreaterThan(0)
  })

  test.each(cases)('%s reads as it always did', async (name) => {
    const { events, tornBytes } = await readLedger(`${root}${name}.ndjson`)
    const expected = `${root}${name}.expected.json`
    const read = facts(events, tornBytes)
    if (process.env['GUMP_RECORD'] === '1' && !existsSync(expected)) {
      writeFileSync(expected, `${JSON.stringify(read, null, 2)}\n`)
    }
    expect(read).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
    for (const event of events) expect(validate(event), `line ${event.seq}`).toEqual([])
  })
})
