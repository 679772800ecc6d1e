import { opendirSync } from 'node:fs'
import { join } from 'node:path'

import { GumpError } from '@gump/errors'

import { exists } from '../repository/exists.js'
import { outFolder } from '../repository/ignore-patterns.js'
import type { Repository } from '../repository/repository.js'
import { placeOfBranch } from './place-branch.js'
import { guardRoot } from './root-guard.js'
import type { Site } from './site.js'
import { lstat } from '../repository/small-files.js'

/** What tells a folder from another one that takes its place. */
export async function identityOf(dir: string): Promise<string> {
  const { dev, ino } = await lstat(dir, { bigint: true })
  return `${dev}:${ino}`
}

/**
 * Makes sure that the folder is the one that was opened, and still a worktree: an agent that removes it, or puts another one in
 * its place, has not deleted the files of the project.
 *
 * @throws GumpError GUMP-G016
 */
export async function demandIntact(repository: Repository, site: Site): Promise<void> {
  const what = await whatIsWrong(repository, site)
  if (what === null) return guardRoot(site.dir)
  throw new GumpError('GUMP-G016', `the worktree ${site.dir} ${what}`, { data: { dir: site.dir } })
}

async function whatIsWrong(repository: Repository, site: Site): Promise<string | null> {
  const stats = await lstat(site.dir).catch(() => null)
  if (stats === null) return 'is gone'
  if (stats.isSymbolicLink()) return 'has been replaced by a link'
  if (!stats.isDirectory()) return 'is no folder any more'
  if ((await identityOf(site.dir)) !== site.identity) return 'has been replaced by another folder'
  if ((await lstat(join(site.dir, '.git')).catch(() => null)) === null) return 'has lost its .git file'
  return (await isEmptied(repository, site)) ? 'has been emptied' : null
}

/** Nothing is left but what Gump itself keeps there, and its branch has files. */
export async function isEmptied(
  repository: Repository,
  { dir, branch, sparse }: Pick<Site, 'dir' | 'branch' | 'sparse'>,
): Promise<boolean> {
  return !sparse && (await holdsNothing(dir)) && (await hasFiles(repository, branch))
}

async function holdsNothing(dir: string): Promise<boolean> {
  const [own = '', out = ''] = outFolder.split('/')
  if (!holdsAtMost(dir, ['.git', own])) return false
  return !(await exists(join(dir, own))) || holdsAtMost(join(dir, own), [out])
}

/** False where there is more, and where it cannot be looked into. Folders have many entries; the first stranger is enough. */
function holdsAtMost(dir: string, names: readonly string[]): boolean {
  try {
    const folder = opendirSync(dir)
    try {
      for (let entry = folder.readSync(); entry !== null; entry = folder.readSync())
        if (!names.includes(entry.name)) return false
      return true
    } finally {
      folder.closeSync()
    }
  } catch {
    return false
  }
}

async function hasFiles(repository: Repository, branch: string): Promise<boolean> {
  const { tree } = await repository.objects.commit(await placeOfBranch(repository, branch))
  return tree !== emptyTree(repository.format)
}

/** Its id is the same in every repository. */
function emptyTree(format: 'sha1' | 'sha256'): string {
  return format === 'sha1'
    ? '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
    : '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321'
}
