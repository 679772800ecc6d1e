import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Makes the names inside a folder durable: a new file survives a power cut only when its folder was synced too. */
export function syncDirectory(dir: string): void {
  let fd: number
  try {
    fd = openSync(dir, 'r')
  } catch (error) {
    // Windows cannot open folders; its file systems journal names by themselves.
    if (process.platform === 'win32') return
    throw error
  }
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
