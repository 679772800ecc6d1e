import type { ChildProcess } from 'node:child_process'
import { closeSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { openInput } from './input-file.js'
import type { PipePool } from './pipe-pool.js'

/** What goes into the `stdio` option of `spawn` for one descriptor. */
export type StdioEntry = number | 'pipe' | 'ignore'

/** The three standard streams of a program about to start. */
export interface Stdio {
  readonly entries: readonly [StdioEntry, StdioEntry, StdioEntry]
  /** To be called once when the program has been spawned: feeds stdin and returns our ends of the others. */
  connect(child: ChildProcess): Streams
  /** To be called instead when it could not be. */
  discard(): void
}

/** Our ends. */
export interface Streams {
  readonly stdout: Readable
  readonly stderr: Readable
}

/** Prepares the streams: stdin holds `text`, or is `/dev/null`. Where no pipe or file can be made, Node's sockets do. */
export async function prepareStdio(
  pipes: PipePool,
  tempDir: string,
  text: string | undefined,
): Promise<Stdio> {
  const stdin = text === undefined ? undefined : await openInput(text, tempDir)
  const stdout = await pipes()
  const stderr = await pipes()
  const closeTheirs = (): void => {
    for (const descriptor of [stdin, stdout?.theirs, stderr?.theirs])
      if (descriptor !== undefined) closeSync(descriptor)
  }
  return {
    entries: [
      stdin ?? (text === undefined ? 'ignore' : 'pipe'),
      stdout?.theirs ?? 'pipe',
      stderr?.theirs ?? 'pipe',
    ],
    connect(child) {
      closeTheirs()
      // A program that ends without reading breaks the pipe, which is no error.
      child.stdin?.on('error', () => child.stdin?.destroy())
      child.stdin?.end(text)
      return { stdout: readable(stdout?.ours, child.stdout), stderr: readable(stderr?.ours, child.stderr) }
    },
    discard() {
      closeTheirs()
      for (const pipe of [stdout, stderr]) if (pipe !== undefined) closeSync(pipe.ours)
    },
  }
}

function readable(descriptor: number | undefined, own: Readable | null): Readable {
  if (descriptor !== undefined) return new Socket({ fd: descriptor, readable: true, writable: false })
  if (own === null) throw new TypeError('the child has no pipe to read from')
  return own
}
