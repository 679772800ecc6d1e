import { appendFileSync, mkdirSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { cappedFileFacts, type CappedFileFacts } from '@gump/process'

/** Bytes of the tail that a caller gets. */
export const TAIL_BYTES: number = 4 * 1024 * 1024
/** Bytes from the start that an excerpt is made from when the whole does not fit in {@link TAIL_BYTES}. */
const HEAD_BYTES = 64 * 1024

/** The part of a log that one command wrote. */
export interface LogPart {
  readonly tail: string
  /** Empty when `tail` is everything. */
  readonly head: string
  /** Bytes between `head` and `tail`. */
  readonly omittedBytes: number
}

/** Bytes written so far, those that are left out included; 0 when there is no file yet. Makes the folder. */
export async function bytesWritten(file: string, maxBytes: number): Promise<number> {
  mkdirSync(dirname(file), { recursive: true })
  return (await cappedFileFacts(file, maxBytes)).written
}

/** Adds a line of Gump's own to the log. */
export async function appendNote(file: string, note: string): Promise<void> {
  appendFileSync(file, `${note}\n`)
}

/**
 * Reads what was written from byte `start` on: at most {@link TAIL_BYTES} of the end and a piece of the beginning.
 *
 * @param start - counted as {@link bytesWritten} does.
 */
export async function readLogPart(file: string, start: number, maxBytes: number): Promise<LogPart> {
  const facts = await cappedFileFacts(file, maxBytes)
  const { headFrom, headTo, tailFrom } = facts.omitted === 0 ? inWhole(facts, start) : inCut(facts, start)
  const handle = await open(file, 'r')
  try {
    return {
      head: await decode(handle, headFrom, headTo),
      tail: await decode(handle, tailFrom, facts.size),
      omittedBytes: facts.written - start - (headTo - headFrom) - (facts.size - tailFrom),
    }
  } finally {
    await handle.close()
  }
}

/** Where the pieces are on the disk. */
interface Pieces {
  readonly headFrom: number
  readonly headTo: number
  readonly tailFrom: number
}

function inWhole({ size }: CappedFileFacts, start: number): Pieces {
  const tailFrom = Math.max(start, size - TAIL_BYTES)
  return { headFrom: start, headTo: Math.min(tailFrom, start + HEAD_BYTES), tailFrom }
}

/** The middle of the log is not there any more; what began in the middle has no beginning. */
function inCut({ size, written, headBytes, tailAt }: CappedFileFacts, start: number): Pieces {
  const own = start < headBytes ? tailAt : Math.max(tailAt, start - (written - size))
  const tailFrom = Math.max(own, size - TAIL_BYTES)
  if (start >= headBytes) return { headFrom: tailFrom, headTo: tailFrom, tailFrom }
  return { headFrom: start, headTo: Math.min(headBytes, start + HEAD_BYTES), tailFrom }
}

async function decode(handle: FileHandle, from: number, to: number): Promise<string> {
  const bytes = Buffer.alloc(Math.max(0, to - from))
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, from + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return withoutBrokenStart(bytes.subarray(0, filled), from).toString('utf8')
}

/** A window may begin in the middle of a character; its continuation bytes are left out. */
function withoutBrokenStart(bytes: Buffer, from: number): Buffer {
  if (from === 0) return bytes
  let skip = 0
  while (skip < 3 && ((bytes[skip] ?? 0) & 0xc0) === 0x80) skip += 1
  return bytes.subarray(skip)
}
