import { constants } from 'node:fs'
import { open, realpath, stat } from 'node:fs/promises'
import { sep } from 'node:path'
import { workflowLimits } from '../limits.js'

/** The text of a file, or in a few words why it cannot be read. */
export type ContainedText =
  | { readonly text: string }
  | { readonly problem: string; readonly kind: 'missing' | 'escape' | 'unreadable' }

/**
 * Reads a regular UTF-8 file of at most 1 MiB whose real path is below `root` (a real path). Symbolic links are
 * followed first and judged by where they end; pipes and devices are never opened for reading.
 */
export async function readContained(root: string | null, path: string): Promise<ContainedText> {
  let real: string
  try {
    real = await realpath(path)
  } catch (error) {
    return fromSystem(error)
  }
  if (root !== null && !real.startsWith(root.endsWith(sep) ? root : root + sep)) {
    return { problem: 'is a link that leaves its folder', kind: 'escape' }
  }
  try {
    return await readRegular(real)
  } catch (error) {
    return fromSystem(error)
  }
}

async function readRegular(path: string): Promise<ContainedText> {
  // Opening some devices has an effect by itself.
  if (!(await stat(path)).isFile()) return { problem: 'is not a regular file', kind: 'unreadable' }
  // Opening a pipe would wait for a writer; NOFOLLOW because the path is real already.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  try {
    const facts = await handle.stat()
    if (!facts.isFile()) return { problem: 'is not a regular file', kind: 'unreadable' }
    if (facts.size > workflowLimits.fileBytes) {
      return {
        problem: `has ${facts.size} bytes; ${workflowLimits.fileBytes} are allowed`,
        kind: 'unreadable',
      }
    }
    const buffer = Buffer.alloc(workflowLimits.fileBytes + 1)
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
    return decodeText(buffer.subarray(0, bytesRead))
  } finally {
    await handle.close()
  }
}

/** UTF-8 text, or the problem with it. */
export function decodeText(bytes: Uint8Array): ContainedText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { problem: 'is not UTF-8 text', kind: 'unreadable' }
  }
}

/** Why the system would not read a file. */
export function fromSystem(error: unknown): ContainedText {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT' || code === 'ENOTDIR') return { problem: 'does not exist', kind: 'missing' }
  if (code === 'EACCES' || code === 'EPERM') return { problem: 'is not readable', kind: 'unreadable' }
  if (code === 'ELOOP') return { problem: 'is a link that never ends', kind: 'unreadable' }
  return { problem: `cannot be read (${code || 'unknown error'})`, kind: 'unreadable' }
}
