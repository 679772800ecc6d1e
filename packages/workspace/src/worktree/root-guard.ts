import { lstat, mkdir, realpath, rm } from 'node:fs/promises'

import { GumpError } from '@gump/errors'

/**
 * Makes sure that the folder of a worktree is a folder at its own place: what runs in it may have replaced it by a link
 * to somewhere else, where cleaning up would delete other people's files.
 *
 * @throws GumpError GUMP-G009 when a folder above it leads elsewhere now.
 */
export async function guardRoot(dir: string): Promise<void> {
  const stats = await lstat(dir).catch(() => null)
  if (stats !== null && !stats.isDirectory()) await rm(dir, { force: true })
  if (stats === null || !stats.isDirectory()) await mkdir(dir, { recursive: true })
  const real = await realpath(dir)
  if (real === dir) return
  throw new GumpError('GUMP-G009', `${dir} leads to ${real}`, {
    data: { dir, real },
    remedy: 'somebody replaced a folder by a link; remove the link and try again',
  })
}
