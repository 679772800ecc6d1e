import { open } from 'node:fs/promises'
import type { WriteStream } from 'node:fs'
import { GumpError } from '@gump/errors'

/** Bytes that may wait for the disk before the pipe is paused. */
const WAITING_BYTES = 1024 * 1024

/** A file that output is appended to. */
export interface AppendFile {
  readonly path: string
  readonly stream: WriteStream
}

/** Opens a file for appending, so that a failure shows before the program runs. Throws GUMP-X003. */
export async function openAppendFile(path: string): Promise<AppendFile> {
  try {
    const handle = await open(path, 'a')
    return { path, stream: handle.createWriteStream({ highWaterMark: WAITING_BYTES }) }
  } catch (error) {
    throw recordingFailed(path, error)
  }
}

/** The error for an output file that could not be opened or written. */
export function recordingFailed(path: string, cause: unknown): GumpError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new GumpError('GUMP-X003', `the output can not be recorded in ${path}: ${reason}`, {
    data: { path },
    remedy: 'free space or restore write access there, then try again',
    cause,
  })
}
