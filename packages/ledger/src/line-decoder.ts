import type { LedgerEvent } from './events.js'
import { decodeLine, type Oddity } from './line.js'

const newline = 0x0a

/** Turns a ledger's bytes into events, however they are cut into chunks. */
export interface LineDecoder {
  /** The events whose lines are complete now; the rest waits for the next chunk. */
  push(chunk: Uint8Array): LedgerEvent[]
  /** Bytes of whole lines so far: where a reader may start again. */
  readonly offset: number
  /** Bytes that wait for their newline. */
  readonly pending: number
  /** Drops those bytes; the next chunk starts at `offset`. */
  forgetPending(): void
  /** What counts as 0 among the events so far. */
  readonly oddities: readonly Oddity[]
}

/** @param file - only for messages. */
export function createLineDecoder(file: string, expectedRun: string | null = null): LineDecoder {
  const oddities: Oddity[] = []
  const onOddity = (oddity: Oddity): void => void oddities.push(oddity)
  let rest: Uint8Array = new Uint8Array(0)
  let offset = 0
  let seq = 0
  let runId = expectedRun
  return {
    oddities,
    get offset() {
      return offset
    },
    get pending() {
      return rest.length
    },
    forgetPending() {
      rest = new Uint8Array(0)
    },
    push(chunk) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      const events: LedgerEvent[] = []
      let start = 0
      for (let end = bytes.indexOf(newline, rest.length); end !== -1; end = bytes.indexOf(newline, start)) {
        const place = { file, number: seq + 1, seq: seq + 1, runId, onOddity }
        const event = decodeLine(bytes.subarray(start, end), place)
        events.push(event)
        seq += 1
        runId = event.run_id
        offset += end + 1 - start
        start = end + 1
      }
      rest = bytes.subarray(start)
      return events
    },
  }
}
