import { randomUUID } from 'node:crypto'
import { closeSync, openSync, unlinkSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * A descriptor from which a program reads `text` and then the end: a file without a name. Nothing can block on it
 * or break, whether the program reads all of it, some, or nothing, and `/dev/stdin` works. A FIFO would not do: after
 * its writer has gone, opening it by name waits for another. `undefined` when `folder` cannot be written.
 */
export async function openInput(text: string, folder: string): Promise<number | undefined> {
  const path = join(folder, `gump-stdin-${randomUUID()}`)
  try {
    const writer = await open(path, 'wx', 0o600)
    const descriptor = openSync(path, 'r')
    unlinkSync(path)
    try {
      await writer.writeFile(text)
      return descriptor
    } catch (error) {
      closeSync(descriptor)
      throw error
    } finally {
      await writer.close()
    }
  } catch {
    await rm(path, { force: true })
    return undefined
  }
}
