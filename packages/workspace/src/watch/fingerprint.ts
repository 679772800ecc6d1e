import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { lstat, readFile, readlink } from '../repository/small-files.js'

/** Larger files are distinguished by size and time: reading them would take longer than it is worth. */
const readLimit = 16 * 1024 * 1024

/** Up to here a file is read at once. */
const smallLimit = 64 * 1024

/** What {@link fingerprint} says of a plain file with this content. */
export function fileWith(content: string): string {
  return `file ${createHash('sha256').update(content).digest('hex')}`
}

/** A text that differs when what is at a path differs in kind, rights or content; null: there is nothing. */
export async function fingerprint(path: string | Buffer): Promise<string | null> {
  const stats = await lstat(path).catch(() => null)
  if (stats === null) return null
  if (stats.isSymbolicLink()) return `link ${await readlink(path, 'latin1').catch(() => '')}`
  if (stats.isDirectory()) return 'folder'
  if (!stats.isFile()) return 'special'
  const kind = (stats.mode & 0o111) === 0 ? 'file' : 'program'
  if (stats.size > readLimit) return `${kind} ${stats.size} ${stats.mtimeMs}`
  const hash = createHash('sha256')
  try {
    if (stats.size <= smallLimit) hash.update(await readFile(path))
    else await pipeline(createReadStream(path), hash)
    return `${kind} ${hash.digest('hex')}`
  } catch (error) {
    // It went away since: some programs remove a file before they write it again.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : `${kind} that cannot be read`
  }
}
