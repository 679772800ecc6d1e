import { readFile } from 'node:fs/promises'
import { GumpError } from '@gump/errors'
import type { LedgerEvent } from './events.js'
import { createLineDecoder } from './line-decoder.js'

/** What a ledger file holds. */
export interface LedgerContent {
  readonly events: LedgerEvent[]
  /** Length of an incomplete last line, which is not among the events. */
  readonly tornBytes: number
}

/** Name of the ledger inside a run folder. */
export const ledgerFileName = 'manifest.ndjson'

/**
 * Reads a ledger that may still be growing. A last line without its newline is torn, even when it happens to be JSON.
 *
 * @throws GumpError `GUMP-L001` for a damaged line, `GUMP-L005` when there is no such file, `GUMP-L008` for a newer format.
 */
export async function readLedger(file: string): Promise<LedgerContent> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(file)
  } catch (cause) {
    throw unreadable(file, cause)
  }
  return decodeLedger(bytes, file)
}

/** The same for bytes already in memory; `file` is only for messages. */
export function decodeLedger(bytes: Uint8Array, file: string, runId: string | null = null): LedgerContent {
  const decoder = createLineDecoder(file, runId)
  const events = decoder.push(bytes)
  return { events, tornBytes: decoder.pending }
}

/** The error for a ledger that can not be read at all. */
export function unreadable(file: string, cause: unknown): GumpError {
  return new GumpError('GUMP-L005', `there is no readable ledger at ${file}`, {
    data: { file },
    remedy: 'gump runs lists the runs of this repository',
    cause,
  })
}
