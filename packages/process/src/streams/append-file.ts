import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { type GumpError, toGumpError } from '@gump/errors'
import { cappedStream } from './capped-file.js'

/** Bytes that may wait for the disk before the pipe is paused. */
const WAITING_BYTES = 1024 * 1024

/** A file that output is appended to. */
export interface AppendFile {
  readonly path: string
  readonly stream: Writable
  /** Bytes that were left out to keep it below its limit. */
  omitted(): number
  /** Each writer says when it has written everything; the file is closed when all have. */
  release(): Promise<void>
}

/**
 * Opens a file for appending, so that a failure shows before the program runs. Throws GUMP-X003.
 *
 * @param options - `writers`: how many will release it. `maxBytes`: beyond that its beginning and its end are kept.
 */
export async function openAppendFile(
  path: string,
  options: { readonly writers: number; readonly maxBytes?: number },
): Promise<AppendFile> {
  const { maxBytes } = options
  let left = options.writers
  const release = async (stream: Writable): Promise<void> => {
    left -= 1
    if (left > 0 || stream.closed) return
    await new Promise<void>((resolve) => {
      stream.once('close', resolve)
      stream.end()
    })
  }
  try {
    if (maxBytes === undefined) {
      const handle = await open(path, 'a')
      const stream = handle.createWriteStream({ highWaterMark: WAITING_BYTES })
      return { path, stream, omitted: () => 0, release: () => release(stream) }
    }
    // Not for appending: the system would write everything to the end.
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT)
    const { stream, omitted } = await cappedStream(handle, maxBytes, WAITING_BYTES)
    return { path, stream, omitted, release: () => release(stream) }
  } catch (error) {
    throw recordingFailed(path, error)
  }
}

/** The error for an output file that could not be opened or written. */
export function recordingFailed(path: string, cause: unknown): GumpError {
  return toGumpError(cause, {
    code: 'GUMP-X003',
    doing: 'recording the output of a program',
    path,
    data: { path },
    remedy: 'free space or restore write access there, then try again',
  })
}
