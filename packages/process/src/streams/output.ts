import type { Readable } from 'node:stream'
import { recordingFailed, type AppendFile } from './append-file.js'
import { createLineSplitter } from './line-splitter.js'
import { createSecretMasker } from './secret-masker.js'

/** Where one stream of a program goes. */
export interface OutputOptions {
  readonly source: Readable
  readonly file?: AppendFile
  readonly mask: readonly string[]
  readonly maxLineBytes: number
  readonly onLine?: (line: string, truncated: boolean) => void
  /** The file could not be written, or a listener threw. Called once. */
  readonly onError: (error: unknown) => void
}

/** One stream of a program on its way to a file and to listeners. */
export interface Output {
  /**
   * To be called when nobody writes any more: takes what is still in the pipe, delivers the last line, closes the
   * file. Does not wait for a process out of reach that holds the pipe open.
   */
  finish(): Promise<void>
}

/** What a pipe can hold at most: `fs.pipe-max-size` is 1 MiB by default, and only root may go beyond it. */
const PIPE_CAPACITY = 16 * 1024 * 1024

/** Moves a stream to its file and listeners with back pressure: memory stays constant whatever its size. */
export function pumpOutput(options: OutputOptions): Output {
  const { source, file, onLine } = options
  const masker = createSecretMasker(options.mask)
  const splitter = onLine && createLineSplitter(onLine, options.maxLineBytes)
  const seen = { ended: false, bytes: 0 }
  let failed = false

  const fail = (error: unknown): void => {
    if (failed) return
    failed = true
    source.resume()
    options.onError(error)
  }
  const deliver = (bytes: Buffer): void => {
    if (failed || bytes.length === 0) return
    if (file !== undefined && !file.stream.write(bytes)) source.pause()
    attempt(() => splitter?.push(bytes))
  }
  const attempt = (step: () => void): void => {
    try {
      if (!failed) step()
    } catch (error) {
      fail(error)
    }
  }

  file?.stream.on('error', (error) => fail(recordingFailed(file.path, error)))
  file?.stream.on('drain', () => source.resume())
  source.on('data', (chunk: Buffer) => {
    seen.bytes += chunk.length
    deliver(masker.push(chunk))
  })
  source.on('end', () => (seen.ended = true))
  source.on('error', () => (seen.ended = true))

  /** Every turn of the event loop reads what the pipe has, so two turns without data mean that it is empty. */
  const emptied = async (): Promise<void> => {
    const limit = seen.bytes + PIPE_CAPACITY
    let quiet = 0
    while (!seen.ended && quiet < 2 && seen.bytes < limit) {
      const before = seen.bytes
      if (source.isPaused()) await new Promise((resolve) => source.once('resume', resolve))
      await new Promise((resolve) => setImmediate(resolve))
      quiet = seen.bytes === before && !source.isPaused() ? quiet + 1 : 0
    }
  }

  return {
    async finish() {
      await emptied()
      source.removeAllListeners('data')
      source.destroy()
      deliver(masker.end())
      attempt(() => splitter?.end())
      await file?.release()
    },
  }
}
