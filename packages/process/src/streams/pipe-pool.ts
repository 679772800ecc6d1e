import { execFile } from 'node:child_process'
import { constants, openSync, rmdirSync, unlinkSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Both ends of a pipe for output: ours does not block, the program's does, as programs expect. */
export interface PipeEnds {
  readonly ours: number
  readonly theirs: number
}

/** Gives out pipes, one at a time; `undefined` when this machine cannot make any. */
export type PipePool = () => Promise<PipeEnds | undefined>

/** Pipes made by one call of `mkfifo`, which costs about 1.5 ms. */
const BATCH = 8

const run = promisify(execFile)

/**
 * A pool of real pipes. Node gives its children sockets instead, and opening one by name fails: `echo x > /dev/stderr`
 * in a script ends with ENXIO. A FIFO opened at both ends and unlinked does what a pipe does.
 *
 * @param mkfifo - absolute path of the tool
 */
export function createPipePool(mkfifo: string | undefined, tempDir: string): PipePool {
  const ready: PipeEnds[] = []
  let filling: Promise<void> | undefined

  const fill = async (tool: string): Promise<void> => {
    const folder = await mkdtemp(join(tempDir, 'gump-pipes-'))
    const names = Array.from({ length: BATCH }, (_, index) => join(folder, String(index)))
    try {
      // Everybody may open it again by way of /proc/self/fd, also a program that changed its user.
      await run(tool, ['-m', '666', ...names])
      for (const name of names) ready.push(openBoth(name))
    } finally {
      // At once rather than soon, so that an engine killed here hardly ever leaves the folder.
      remove(folder, names)
    }
  }

  return async () => {
    if (mkfifo === undefined) return undefined
    for (;;) {
      const pipe = ready.pop()
      if (pipe !== undefined) return pipe
      filling ??= fill(mkfifo).finally(() => (filling = undefined))
      try {
        await filling
      } catch {
        return undefined
      }
    }
  }
}

/**
 * Without looking at the pipes, as `rm` would: when the last file that Node 20 has looked at is a pipe, it leaves the
 * next module that it imports at the symbolic link it was found by, and nothing that module needs is found from there
 * (`realpathSync` in lib/fs.js, which takes the type of a cached folder from the latest stat).
 */
function remove(folder: string, names: readonly string[]): void {
  for (const name of names) {
    try {
      unlinkSync(name)
    } catch {
      // It was never made; were it there, the folder would not go, which is reported.
    }
  }
  rmdirSync(folder)
}

function openBoth(name: string): PipeEnds {
  // The reader first: a writer would wait for one.
  const ours = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK)
  return { ours, theirs: openSync(name, constants.O_WRONLY) }
}
