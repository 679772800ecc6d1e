import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { GumpError, isSystemError, toGumpError } from '@gump/errors'
import type { LedgerEvent } from './events.js'
import type { Oddity } from './line.js'
import { createLineDecoder } from './line-decoder.js'

/** What a ledger file holds. */
export interface LedgerContent {
  readonly events: LedgerEvent[]
  /** Length of an incomplete last line, which is not among the events. */
  readonly tornBytes: number
  /** Figures that made no sense and count as 0. */
  readonly oddities: readonly Oddity[]
}

/** Name of the ledger inside a run folder. */
export const ledgerFileName = 'manifest.ndjson'

/**
 * Reads a ledger that may still be growing. A last line without its newline is torn, even when it happens to be JSON.
 *
 * @param runId - of the run that it has to belong to; absent: any.
 * @throws GumpError `GUMP-L001` for a damaged line, `GUMP-L008` for a newer format, `GUMP-L011` when there is no such file,
 * `GUMP-L012` for the ledger of another program, `GUMP-S…` when the system does not let it be read.
 */
export async function readLedger(file: string, runId: string | null = null): Promise<LedgerContent> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(file)
  } catch (cause) {
    throw unreadable(file, cause)
  }
  return decodeLedger(bytes, file, runId)
}

/** The same for bytes already in memory; `file` is only for messages. */
export function decodeLedger(bytes: Uint8Array, file: string, runId: string | null = null): LedgerContent {
  const decoder = createLineDecoder(file, runId)
  const events = decoder.push(bytes)
  if (events.length === 0 && decoder.pending > 0) refuseForeignStart(bytes, file)
  return { events, tornBytes: decoder.pending, oddities: decoder.oddities }
}

/** How {@link readLedgerParts} reads. */
export interface LedgerPartsOptions {
  /** The run that the ledger has to belong to; absent: any. */
  readonly runId?: string | null
  /** Called at the end for every figure that made no sense and counts as 0. */
  readonly onOddity?: (oddity: Oddity) => void
}

/** How much of a ledger {@link readLedgerParts} reads at once, in bytes. */
const partBytes = 1024 * 1024

/**
 * The same, in parts of about a megabyte: for ledgers that are too large to be held in memory. The last line, when it is
 * torn, is not among the events.
 *
 * @throws GumpError as {@link readLedger}, when the part is asked for that cannot be read.
 * @example
 * ```ts
 * let turns = 0
 * for await (const events of readLedgerParts(run.ledgerFile))
 *   turns += events.filter(({ type }) => type === 'turn_completed').length
 * ```
 */
export async function* readLedgerParts(
  file: string,
  { runId = null, onOddity }: LedgerPartsOptions = {},
): AsyncGenerator<readonly LedgerEvent[], void> {
  const decoder = createLineDecoder(file, runId)
  let start: Uint8Array | null = null
  let isEmpty = true
  const chunks = createReadStream(file, { highWaterMark: partBytes })[Symbol.asyncIterator]()
  for (;;) {
    const next = await chunks.next().catch((cause: unknown) => {
      throw unreadable(file, cause)
    })
    if (next.done === true) break
    const bytes = next.value as Uint8Array
    start ??= bytes
    const events = decoder.push(bytes)
    if (events.length === 0) continue
    isEmpty = false
    yield events
  }
  for (const oddity of decoder.oddities) onOddity?.(oddity)
  if (isEmpty && start !== null && decoder.pending > 0) refuseForeignStart(start, file)
}

const firstBytes = Buffer.from('{"v":1,"seq":1,')

/** A first line that is not complete was torn by a crash only if it begins as every first line does. */
function refuseForeignStart(bytes: Uint8Array, file: string): void {
  const length = Math.min(bytes.length, firstBytes.length)
  if (firstBytes.subarray(0, length).equals(bytes.subarray(0, length))) return
  throw new GumpError('GUMP-L001', `${file}:1: the line is damaged: it does not begin as a ledger does`, {
    data: { file, line: 1 },
  })
}

/** The error for a ledger that cannot be read at all. */
export function unreadable(file: string, cause: unknown): GumpError {
  if (isSystemError(cause) && cause.code === 'ENOENT') {
    return new GumpError('GUMP-L011', `there is no ledger at ${file}`, { data: { file }, cause })
  }
  return toGumpError(cause, { doing: 'reading the ledger of a run', path: file })
}
