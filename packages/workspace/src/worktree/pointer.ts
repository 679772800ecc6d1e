import { basename, dirname, join, resolve } from 'node:path'

import { exists } from '../repository/exists.js'
import type { Repository } from '../repository/repository.js'
import { lstat, readFile, realpath } from '../repository/small-files.js'

/**
 * The registration that the `.git` file of a folder leads to, when it is one of this repository; null for any other folder,
 * and for a link. A repository or a worktree that was moved is still recognised: the file then names a place that is gone.
 */
export async function ownRegistration(
  { commonDir }: Pick<Repository, 'commonDir'>,
  dir: string,
): Promise<string | null> {
  const target = await pointerOf(dir)
  if (target === null) return null
  const all = join(commonDir, 'worktrees')
  const own = join(all, basename(target))
  if (await isSamePlace(dirname(target), all)) return own
  // What is there belongs to another repository, of which this one may be a copy.
  if ((await exists(target)) || !(await exists(own))) return null
  const place = await placeOfRegistration(own)
  const isElsewhere = place !== null && place !== dir && (await pointerOf(place)) === own
  return isElsewhere ? null : own
}

/** True for a worktree whose `.git` file leads to a registration that exists, but is none of this repository. */
export async function belongsElsewhere(
  repository: Pick<Repository, 'commonDir'>,
  dir: string,
): Promise<boolean> {
  const target = await pointerOf(dir)
  return target !== null && (await exists(target)) && (await ownRegistration(repository, dir)) === null
}

/** Where the `.git` file of a folder leads; null for a link, and where there is no such file. */
export async function pointerOf(dir: string): Promise<string | null> {
  const folder = await lstat(dir).catch(() => null)
  const file = await lstat(join(dir, '.git')).catch(() => null)
  if (folder?.isDirectory() !== true || file?.isFile() !== true || file.size > 65_536) return null
  const text = await readFile(join(dir, '.git'), 'utf8').catch(() => '')
  const target = /^gitdir: (.+?)\n?$/su.exec(text)?.[1]
  return target === undefined ? null : resolve(dir, target)
}

/** The folder that a registration says it belongs to; null when it is no longer whole. */
export async function placeOfRegistration(adminDir: string): Promise<string | null> {
  const text = await readFile(join(adminDir, 'gitdir'), 'utf8').catch(() => '')
  return text === '' ? null : dirname(resolve(adminDir, text.replace(/\n$/u, '')))
}

async function isSamePlace(a: string, b: string): Promise<boolean> {
  if (a === b) return true
  const [left, right] = await Promise.all([a, b].map((path) => realpath(path).catch(() => null)))
  return left !== null && left === right
}
