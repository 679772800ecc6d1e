import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { rename as renameAtOnce, writeFile } from './small-files.js'

/** How a file is written. */
export interface WriteOptions {
  /** Permission bits, default 0o644 less the umask. */
  readonly mode?: number
  /** Also bring file and folder entry to the disk. */
  readonly sync?: boolean
  /** Start of the temporary name; git's own upkeep removes forgotten `tmp_obj_*` files among objects. */
  readonly prefix?: string
}

/**
 * Replaces a file in one step: a reader, or a process that is killed half-way, sees the old content or the new one.
 * The folder has to exist.
 */
export async function writeFileAtomically(
  file: string,
  content: string | Uint8Array,
  { mode = 0o644, sync = false, prefix = `.${basename(file)}.` }: WriteOptions = {},
): Promise<void> {
  const temporary = join(dirname(file), `${prefix}${randomUUID()}`)
  if (!sync) {
    try {
      await writeFile(temporary, content, { flag: 'wx', mode })
      return await renameAtOnce(temporary, file)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  }
  const handle = await open(temporary, 'wx', mode)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } catch (error) {
    await handle.close()
    await rm(temporary, { force: true })
    throw error
  }
  await handle.close()
  await rename(temporary, file)
  await syncFolder(dirname(file))
}

/** Makes a folder's entries durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
