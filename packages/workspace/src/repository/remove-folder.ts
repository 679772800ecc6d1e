import { chmod, lstat, readdir, rm } from 'node:fs/promises'

/**
 * Removes a file or a folder with everything in it, folders that forbid it included; symbolic links are not followed.
 * What does not exist counts as removed.
 */
export async function removeFolder(path: string): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 3 }
  try {
    await rm(path, options)
  } catch {
    await openFolders(path)
    await rm(path, options)
  }
}

/** Gives the owner every right on the folders at and below `path`, and the right to read its files. */
export async function openFolders(path: string | Buffer): Promise<void> {
  const stats = await lstat(path).catch(() => null)
  if (stats === null || stats.isSymbolicLink()) return
  if (!stats.isDirectory()) {
    if (stats.isFile() && (stats.mode & 0o400) === 0) await chmod(path, stats.mode | 0o400)
    return
  }
  if ((stats.mode & 0o700) !== 0o700) await chmod(path, stats.mode | 0o700)
  const folder = Buffer.concat([Buffer.from(path), Buffer.from('/')])
  // Names as bytes: not every file name is valid UTF-8.
  for (const name of await readdir(path, { encoding: 'buffer' }))
    await openFolders(Buffer.concat([folder, name]))
}
