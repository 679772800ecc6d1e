import { lstat, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'

import { GumpError } from '@gump/errors'

import type { Repository } from '../repository/repository.js'
import { belongsElsewhere, ownRegistration } from './pointer.js'

/**
 * Puts what stands in the place of a worktree, and is not it, beside it: nothing in there is known to be Gump's, so nothing of
 * it is used or removed. Returns where it is now; null when nothing stood there.
 *
 * @throws GumpError GUMP-G009 for a worktree of another repository.
 */
export async function setStrangerAside(repository: Repository, dir: string): Promise<string | null> {
  const stats = await lstat(dir).catch(() => null)
  if (stats === null) return null
  if (stats.isDirectory() && (await isUnused(dir))) return null
  if ((await ownRegistration(repository, dir)) !== null) return null
  if (await belongsElsewhere(repository, dir)) {
    throw new GumpError('GUMP-G009', `${dir} is a worktree of another repository`, {
      data: { dir },
      remedy: 'if this repository is a copy, remove the copied folder, or let the run end where it began',
    })
  }
  for (let n = 1; ; n += 1) {
    const aside = `${dir}.aside-${n}`
    if ((await lstat(aside).catch(() => null)) !== null) continue
    await rename(dir, aside)
    return aside
  }
}

/** Empty, or holding the empty `.git` file of a process that died while writing it. */
async function isUnused(dir: string): Promise<boolean> {
  const names = await readdir(dir)
  if (names.length === 0) return true
  return names.join() === '.git' && (await lstat(join(dir, '.git'))).size === 0
}
