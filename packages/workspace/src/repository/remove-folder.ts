import { chmod, lstat, readdir, rm } from 'node:fs/promises'

import { exists } from './exists.js'

const options = { recursive: true, force: true, maxRetries: 3 }

/**
 * Removes a file or a folder with everything in it, folders that forbid it included; symbolic links are not followed.
 * What does not exist counts as removed.
 */
export async function removeFolder(path: string | Buffer): Promise<void> {
  if (!(await exists(path))) return
  try {
    await rm(path, options)
  } catch {
    await openFolders(path)
    await rm(path, options)
  }
}

/**
 * Gives the owner every right on the folders at and below `path`, and the right to read its files. What vanishes
 * meanwhile, or belongs to another user, is skipped: the next user of the place will report it.
 */
export async function openFolders(path: string | Buffer): Promise<void> {
  const stats = await lstat(path).catch(() => null)
  if (stats === null || stats.isSymbolicLink()) return
  const needed = stats.isDirectory() ? 0o700 : stats.isFile() ? 0o400 : 0
  if ((stats.mode & needed) !== needed) await chmod(path, (stats.mode & 0o7777) | needed).catch(() => {})
  if (!stats.isDirectory()) return
  const folder = Buffer.concat([Buffer.from(path), Buffer.from('/')])
  // Names as bytes: not every file name is valid UTF-8.
  const names = await readdir(path, { encoding: 'buffer' }).catch(() => [])
  for (const name of names) await openFolders(Buffer.concat([folder, name]))
}
