import {
  closeSync,
  constants,
  fstatSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  openSync,
  statSync,
  writeSync,
} from 'node:fs'
import { GumpError, toGumpError } from '@gump/errors'

/** A file that only grows, or says why it could not. */
export interface AppendFile {
  readonly size: number
  /**
   * Writes everything or nothing.
   *
   * @throws GumpError `GUMP-L002`; `GUMP-L009` when another process wrote, `GUMP-L013` when the file is no longer at its path.
   */
  write(bytes: Uint8Array, half?: () => void): void
  /** Now, or in the background; a background failure reaches `onFailure` and the next write. */
  sync(when: 'now' | 'background'): void
  close(): void
}

/** @param found - size of the file as it was read, and how much of that is kept; null: the file is created. */
export function openAppendFile(
  file: string,
  found: { readonly size: number; readonly keep: number } | null,
  onFailure: (error: GumpError) => void,
): AppendFile {
  const { O_APPEND, O_CREAT, O_EXCL, O_RDWR } = constants
  const fd = attempt(file, () => openSync(file, O_RDWR | O_APPEND | (found === null ? O_CREAT | O_EXCL : 0)))
  let end = found?.keep ?? 0
  let failure: GumpError | null = null
  let closed = false
  let syncing = false
  let unsynced = false

  const fail = (error: GumpError): GumpError => {
    failure ??= error
    return error
  }
  const usable = (): void => {
    if (failure !== null) throw failure
    if (closed) throw new GumpError('GUMP-L002', `${file} is closed`, { data: { file } })
  }
  const syncNow = (): void => {
    usable()
    try {
      fsyncSync(fd)
      unsynced = false
    } catch (cause) {
      // After a failed fsync the kernel may have dropped the pages: trying again would lie.
      throw fail(unwritable(file, cause))
    }
  }

  const syncInBackground = (): void => {
    syncing = true
    unsynced = false
    fsync(fd, (cause) => {
      syncing = false
      if (cause !== null && !closed) onFailure(fail(unwritable(file, cause)))
      if (closed) closeSync(fd)
      else if (unsynced && failure === null) syncInBackground()
    })
  }

  if (found !== null) {
    try {
      if (fstatSync(fd).size !== found.size) throw foreignWrite(file)
      attempt(file, () => {
        if (found.keep === found.size) return
        ftruncateSync(fd, found.keep)
        fsyncSync(fd)
      })
    } catch (error) {
      closeSync(fd)
      throw error
    }
  }

  return {
    get size() {
      return end
    },
    write(bytes, half) {
      usable()
      const stats = attempt(file, () => fstatSync(fd))
      if (!isAt(file, stats)) throw fail(vanished(file))
      if (stats.size !== end) throw fail(foreignWrite(file))
      try {
        // The pause in the middle exists only under fault injection, to die with half a line written.
        let done = half === undefined ? 0 : writeSync(fd, bytes, 0, Math.ceil(bytes.length / 2))
        half?.()
        while (done < bytes.length) {
          const written = writeSync(fd, bytes, done)
          if (written === 0) throw new GumpError('GUMP-L002', `${file} takes no more bytes`)
          done += written
        }
      } catch (cause) {
        try {
          ftruncateSync(fd, end)
        } catch {
          // The torn line stays and is cut off at the next open.
        }
        throw fail(unwritable(file, cause))
      }
      end += bytes.length
    },
    sync(when) {
      if (when === 'now') return syncNow()
      // What was written after an fsync began may not be in it.
      if (syncing) unsynced = true
      else if (!closed && failure === null) syncInBackground()
    },
    close() {
      if (closed) return
      try {
        if (failure === null) syncNow()
      } finally {
        closed = true
        // A background fsync still holds the descriptor; it closes it when it returns.
        if (!syncing) closeSync(fd)
      }
    },
  }
}

function attempt<T>(file: string, action: () => T): T {
  try {
    return action()
  } catch (cause) {
    throw unwritable(file, cause)
  }
}

function unwritable(file: string, cause: unknown): GumpError {
  return toGumpError(cause, {
    code: 'GUMP-L002',
    doing: 'writing the ledger',
    path: file,
    data: { file },
    remedy: 'free space or restore write access, then gump run --resume; everything written so far is kept',
  })
}

/** A removed file can still be written to, and nobody will find what is in it. */
function isAt(file: string, { dev, ino }: { readonly dev: number; readonly ino: number }): boolean {
  const there = statSync(file, { throwIfNoEntry: false })
  return there !== undefined && there.ino === ino && there.dev === dev
}

function vanished(file: string): GumpError {
  return new GumpError('GUMP-L013', `${file} was removed or replaced during the run`, {
    data: { file },
  })
}

function foreignWrite(file: string): GumpError {
  return new GumpError('GUMP-L009', `another process changed ${file}`, {
    data: { file },
    remedy: 'stop the other process, then gump run --resume',
  })
}
