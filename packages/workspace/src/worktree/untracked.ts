import { lstat } from 'node:fs/promises'

import type { UntrackedEntry } from '../contract.js'
import { decodePath, encodePath, splitRecords } from '../git/path-bytes.js'
import { demandGit } from '../git/run-git.js'
import { isOwnPath } from '../repository/ignore-patterns.js'
import type { Repository } from '../repository/repository.js'
import { type Site, siteCall } from './site.js'

/**
 * What is in a worktree and not in its index, ignored or not: files with what tells whether they change, and folders that
 * hold nothing tracked as one entry each. Gump's own folders are left out.
 */
export async function listUntracked(
  repository: Repository,
  site: Site,
  which: 'all' | 'ignored' = 'all',
): Promise<readonly UntrackedEntry[]> {
  const ignored = which === 'ignored' ? ['--ignored', '--exclude-standard'] : []
  const args = ['ls-files', '--others', '--directory', ...ignored, '-z']
  const output = await demandGit(args, siteCall(repository, site, site.index.file))
  const paths = splitRecords(output).map(decodePath)
  const entries = paths.filter((path) => !isGumps(path)).map((path) => entryAt(site.dir, path))
  return Promise.all(entries)
}

function isGumps(path: string): boolean {
  return isOwnPath(path) || path === '.gump/'
}

async function entryAt(dir: string, path: string): Promise<UntrackedEntry> {
  if (path.endsWith('/')) return { path, stamp: null }
  const stats = await lstat(Buffer.concat([Buffer.from(`${dir}/`), encodePath(path)])).catch(() => null)
  return { path, stamp: stats === null ? null : `${stats.size}:${stats.mtimeMs}` }
}

/** What is there now and was not then, or is no longer the same; what is below a folder that was there then was. */
export function whatCame(then: readonly UntrackedEntry[], now: readonly UntrackedEntry[]): readonly string[] {
  const known = new Map(then.map(({ path, stamp }) => [path, stamp]))
  const folders = then.map(({ path }) => path).filter((path) => path.endsWith('/'))
  return now
    .filter(
      ({ path, stamp }) => known.get(path) !== stamp && !folders.some((folder) => path.startsWith(folder)),
    )
    .map(({ path }) => path)
}
