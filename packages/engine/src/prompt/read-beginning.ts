import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/**
 * The beginning of a file that an agent may have made, and its whole size; null for anything but a readable regular file. A pipe
 * is not waited for, and no more is read than is wanted.
 */
export async function readBeginning(
  path: string,
  maxBytes: number,
): Promise<{ readonly text: string; readonly size: number } | null> {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW
  const handle = await open(path, flags).catch(() => null)
  if (handle === null) return null
  try {
    const facts = await handle.stat()
    if (!facts.isFile()) return null
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(maxBytes), 0, maxBytes, 0)
    return { text: buffer.subarray(0, bytesRead).toString('utf8'), size: facts.size }
  } finally {
    await handle.close()
  }
}
