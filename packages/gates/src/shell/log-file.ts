import { appendFile, mkdir, open, stat, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

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

/** Size in bytes; 0 when there is no file yet. Makes the folder. */
export async function logSize(file: string): Promise<number> {
  await mkdir(dirname(file), { recursive: true })
  try {
    return (await stat(file)).size
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0
    throw error
  }
}

/** Adds a line of Gump's own to the log. */
export async function appendNote(file: string, note: string): Promise<void> {
  await appendFile(file, `${note}\n`)
}

/** Reads what was written from byte `start` on: at most {@link TAIL_BYTES} of the end and a piece of the beginning. */
export async function readLogPart(file: string, start: number): Promise<LogPart> {
  const handle = await open(file, 'r')
  try {
    const end = (await handle.stat()).size
    const tailStart = Math.max(start, end - TAIL_BYTES)
    const headEnd = Math.min(tailStart, start + HEAD_BYTES)
    return {
      head: await decode(handle, start, headEnd),
      tail: await decode(handle, tailStart, end),
      omittedBytes: tailStart - headEnd,
    }
  } finally {
    await handle.close()
  }
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
