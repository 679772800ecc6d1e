import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { persist } from '../repository/patience.js'

/** A lock this old belongs to nobody, when it cannot be known. */
const forgottenMs = 30_000

/**
 * Waits for a git command that an engine started here before it was killed, and removes the lock of one that was
 * killed too. On Linux the command is looked up; elsewhere only the age of the lock tells.
 */
export async function settleOrphans(privateDir: string): Promise<void> {
  await persist({ attempts: 400, pauseMs: 20 }, async () => {
    const locks = (await readdir(privateDir)).filter(
      (name) => name.startsWith('index-') && name.endsWith('.lock'),
    )
    if (locks.length === 0) return true
    const alive = await isAnybodyIn(privateDir)
    for (const name of locks) {
      const lock = join(privateDir, name)
      const age = await stat(lock).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      )
      if (alive === false || (alive === null && age > forgottenMs)) await rm(lock, { force: true })
    }
    return null
  })
}

/** Whether a process has this folder as its GIT_DIR; null where that cannot be seen. */
async function isAnybodyIn(privateDir: string): Promise<boolean | null> {
  const pids = await readdir('/proc').catch(() => null)
  if (pids === null) return null
  const wanted = `\0GIT_DIR=${privateDir}\0`
  for (const pid of pids.filter((name) => /^\d+$/u.test(name))) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
    if (`\0${environment}`.includes(wanted)) return true
  }
  return false
}
