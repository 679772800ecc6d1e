import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { syncDirectory } from './sync-directory.js'

/** How {@link atomicWrite} treats the disk. */
export interface AtomicWriteOptions {
  /** Survives a power cut, not only the death of the process. Default false. */
  readonly fsync?: boolean
}

/**
 * Replaces a file in one step: readers see the old content or the new one, never a part, and a crash leaves one of the
 * two. A symbolic link in its place is replaced, not followed.
 */
export function atomicWrite(
  file: string,
  content: string | Uint8Array,
  options: AtomicWriteOptions = {},
): void {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const fd = openSync(temporary, 'wx')
    try {
      writeFileSync(fd, content)
      // Rename without fsync may leave an empty file after a power cut.
      if (options.fsync === true) fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  if (options.fsync === true) syncDirectory(dirname(file))
}
