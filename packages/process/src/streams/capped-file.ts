import { statSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { callbackify } from 'node:util'

/** What is left of a file that may not grow beyond a limit: its beginning, a note, and its end. */
export interface CappedFileFacts {
  /** Bytes that were written to it, whether or not they are still there. */
  readonly written: number
  /** Bytes that are no longer there. */
  readonly omitted: number
  /** Length of the beginning that is kept. */
  readonly headBytes: number
  /** Where the end begins. */
  readonly tailAt: number
  /** Bytes on the disk. */
  readonly size: number
}

interface Layout {
  readonly headBytes: number
  readonly tailAt: number
  readonly tailBytes: number
}

const leastBytes = 64 * 1024
const copyBytes = 64 * 1024
const digits = 20

function note(omitted: number): string {
  return `\n[gump: ${String(omitted).padStart(digits)} bytes are left out here: the output is larger than the limit]\n`
}
const noteBytes = Buffer.byteLength(note(0))

/** A quarter for the beginning; twice the end, so that it is moved rarely. */
function layoutOf(maxBytes: number): Layout {
  const max = Math.max(leastBytes, Math.floor(maxBytes))
  const headBytes = Math.floor(max / 4)
  const tailAt = headBytes + noteBytes
  return { headBytes, tailAt, tailBytes: Math.floor((max - tailAt) / 2) }
}

/** How much of a file was cut, by the note in it; a file that is not there is empty. */
export async function cappedFileFacts(file: string, maxBytes: number): Promise<CappedFileFacts> {
  const layout = layoutOf(maxBytes)
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  // Most are small, and have no room for the note.
  if (size < layout.tailAt) return facts(layout, size, 0)
  const handle = await open(file, 'r')
  try {
    return facts(layout, (await handle.stat()).size, await omittedIn(handle, layout))
  } finally {
    await handle.close()
  }
}

function facts({ headBytes, tailAt }: Layout, size: number, omitted: number): CappedFileFacts {
  const written = omitted === 0 ? size : size - noteBytes + omitted
  return { written, omitted, headBytes, tailAt, size }
}

async function omittedIn(handle: FileHandle, { headBytes }: Layout): Promise<number> {
  const bytes = Buffer.alloc(noteBytes)
  const { bytesRead } = await handle.read(bytes, 0, noteBytes, headBytes)
  if (bytesRead < noteBytes) return 0
  const found = /^\n\[gump: +(\d+) bytes are left out here: /u.exec(bytes.toString('latin1'))?.[1]
  return found === undefined ? 0 : Number(found)
}

/** A stream into a file that keeps its beginning and its end, whatever is written to it, in constant memory. */
export interface CappedStream {
  readonly stream: Writable
  /** Bytes that this stream has left out so far. */
  omitted(): number
}

/**
 * Continues with a file. At any moment it holds the beginning, what is left out in a note, and a whole piece of the end:
 * a reader has a log in order, also meanwhile and after a crash.
 *
 * @param handle - open for reading and writing; closed with the stream.
 */
export async function cappedStream(
  handle: FileHandle,
  maxBytes: number,
  highWaterMark: number,
): Promise<CappedStream> {
  const layout = layoutOf(maxBytes)
  const { headBytes, tailAt, tailBytes } = layout
  const before = await omittedIn(handle, layout)
  let omitted = before
  let size = (await handle.stat()).size

  const shorten = async (): Promise<void> => {
    const from = size - tailBytes
    const buffer = Buffer.alloc(Math.min(copyBytes, tailBytes))
    for (let done = 0; done < tailBytes;) {
      const { bytesRead } = await handle.read(
        buffer,
        0,
        Math.min(buffer.length, tailBytes - done),
        from + done,
      )
      if (bytesRead === 0) break
      await writeAll(handle, buffer.subarray(0, bytesRead), tailAt + done)
      done += bytesRead
    }
    omitted += from - (omitted === 0 ? headBytes : tailAt)
    await writeAll(handle, Buffer.from(note(omitted)), headBytes)
    size = tailAt + tailBytes
    await handle.truncate(size)
  }

  const append = callbackify(async (chunk: Buffer) => {
    await writeAll(handle, chunk, size)
    size += chunk.length
    if (size >= tailAt + 2 * tailBytes) await shorten()
  })
  const close = callbackify(async () => handle.close())
  const stream = new Writable({
    highWaterMark,
    write: (chunk: Buffer, _encoding, done) => append(chunk, (failure) => done(failure)),
    destroy: (error, done) => close((failure) => done(error ?? failure)),
  })
  return { stream, omitted: () => omitted - before }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done)
    done += bytesWritten
  }
}
