import { GumpError } from '@gump/errors'
import { lstat, mkdir, realpath, rm } from '../repository/small-files.js'

/**
 * Makes sure that the folder of a worktree is a folder at its own place, and makes it when it is missing.
 *
 * @throws GumpError GUMP-G009 when a folder above it leads elsewhere now.
 */
export async function makeRoot(dir: string): Promise<void> {
  const stats = await lstat(dir).catch(() => null)
  if (stats !== null && !stats.isDirectory()) await rm(dir, { force: true })
  if (stats === null || !stats.isDirectory()) await mkdir(dir, { recursive: true, mode: 0o700 })
  await guardRoot(dir)
}

/**
 * Makes sure that no folder above a worktree has been replaced by a link: cleaning up would delete other people's files.
 *
 * @throws GumpError GUMP-G009
 */
export async function guardRoot(dir: string): Promise<void> {
  const real = await realpath(dir)
  if (real === dir) return
  throw new GumpError('GUMP-G009', `${dir} leads to ${real}`, {
    data: { dir, real },
    remedy: 'a folder was replaced by a link; remove the link and try again',
  })
}
