import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type GumpError, toGumpError } from '@gump/errors'
import { openAppendFile } from './append-file.js'
import { barrierEvents, batchMs, promptEvents } from './barriers.js'
import type { LedgerEvent, NewEvent } from './events.js'
import { encodeLine, seal } from './line.js'
import { decodeLedger, ledgerFileName, unreadable } from './read.js'
import type { LedgerSink } from './sink.js'
import { syncDirectory } from './sync-directory.js'

/** What {@link openLedger} needs. */
export interface LedgerOptions {
  /** The run folder; it exists. */
  readonly dir: string
  readonly runId: string
  /** Epoch milliseconds. */
  readonly clock: { now(): number }
  /** `create` refuses an existing ledger, `append` a missing one. */
  readonly mode: 'create' | 'append'
  /** `power` also makes the folders above the run folder durable. Default `process`. */
  readonly durability?: 'process' | 'power'
  /**
   * Called at named points: `append:<types>:torn` with half of the line written, `append:<types>:done` with all of it
   * durable as asked. With it every line takes two writes.
   */
  readonly fault?: (name: string) => void
  /** A background fsync failed: nothing more can be appended. */
  readonly onFailure?: (error: GumpError) => void
}

/** The open ledger of one run. */
export interface Ledger extends LedgerSink {
  readonly file: string
  /** What was in it when it was opened, and the warning about a torn line if there was one. */
  readonly events: readonly LedgerEvent[]
}

/**
 * Opens the ledger of a run for writing; the caller owns the run (see `acquireOwner`). Reads everything already there,
 * cuts off a torn last line and records that as a `warning` event of code `GUMP-L007`.
 *
 * @throws GumpError `GUMP-L001` for a damaged line, `GUMP-L002` when it cannot be written, `GUMP-L008` for a
 * newer format, `GUMP-L011` when it is missing, `GUMP-L012` for the ledger of another program. Nothing is changed then.
 * @example
 * ```ts
 * const ledger = openLedger({ dir, runId, clock: Date, mode: 'create' })
 * const [event] = ledger.append([{ type: 'warning', message: 'the spec is empty' }])
 * ledger.close()
 * ```
 */
export function openLedger(options: LedgerOptions): Ledger {
  const { dir, runId, clock, fault } = options
  const file = join(dir, ledgerFileName)
  const found = options.mode === 'append' ? readExisting(file, runId) : null
  const out = openAppendFile(file, found, (error) => options.onFailure?.(error))
  if (options.mode === 'create') makeDurable(dir, options.durability ?? 'process')

  let seq = found?.events.length ?? 0
  let timer: NodeJS.Timeout | null = null
  const cancelTimer = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }

  const append: Ledger['append'] = (events, appendOptions = {}) => {
    if (events.length === 0) return []
    const ts = new Date(clock.now()).toISOString()
    const sealed = events.map((event, index) =>
      seal(event, { v: 1, seq: seq + index + 1, ts, run_id: runId }),
    )
    const bytes = Buffer.from(sealed.map(encodeLine).join(''))
    const point = fault === undefined ? '' : `append:${events.map((event) => event.type).join('+')}`
    out.write(bytes, fault === undefined ? undefined : () => fault(`${point}:torn`))
    seq += sealed.length
    if (appendOptions.barrier ?? events.some((event) => barrierEvents.has(event.type))) {
      cancelTimer()
      out.sync('now')
    } else if (appendOptions.barrier === undefined && events.some((event) => promptEvents.has(event.type))) {
      cancelTimer()
      out.sync('background')
    } else {
      timer ??= setTimeout(() => {
        timer = null
        out.sync('background')
      }, batchMs).unref()
    }
    fault?.(`${point}:done`)
    return sealed
  }

  const events = found?.events ?? []
  if (found !== null && found.tornBytes > 0) events.push(...append([tornWarning(found.tornBytes)]))

  return {
    file,
    events,
    append,
    flush() {
      cancelTimer()
      out.sync('now')
    },
    close() {
      cancelTimer()
      out.close()
    },
  }
}

interface Existing {
  readonly events: LedgerEvent[]
  readonly tornBytes: number
  readonly size: number
  readonly keep: number
}

function readExisting(file: string, runId: string): Existing {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch (cause) {
    throw unreadable(file, cause)
  }
  const { events, tornBytes } = decodeLedger(bytes, file, runId)
  return { events, tornBytes, size: bytes.length, keep: bytes.length - tornBytes }
}

function tornWarning(bytes: number): NewEvent {
  return {
    type: 'warning',
    code: 'GUMP-L007',
    message: `the last line was incomplete (${bytes} bytes) and has been cut off`,
  }
}

function makeDurable(dir: string, durability: 'process' | 'power'): void {
  const folders = [dir, dirname(dir)]
  if (durability === 'power') folders.push(dirname(dirname(dir)))
  try {
    for (const folder of folders) syncDirectory(folder)
  } catch (cause) {
    throw toGumpError(cause, {
      code: 'GUMP-L002',
      doing: 'bringing the folder of the run to the disk',
      path: dir,
    })
  }
}
