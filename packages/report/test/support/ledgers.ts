import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readLedger, type LedgerEvent } from '@gump/ledger'

const root = fileURLToPath(new URL('../../../ledger/test/fixtures/ledgers/', import.meta.url))

/** Ledgers of every release, by `release/case`. */
export const recorded: readonly string[] = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((release) => readdirSync(root + release.name).map((file) => `${release.name}/${file}`))
  .filter((file) => file.endsWith('.ndjson'))
  .map((file) => file.slice(0, -'.ndjson'.length))

export async function recordedLedger(name: string): Promise<readonly LedgerEvent[]> {
  return (await readLedger(`${root}${name}.ndjson`)).events
}
