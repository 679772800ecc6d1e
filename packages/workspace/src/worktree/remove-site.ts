import { lstat, readdir, realpath, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

import { GumpError } from '@gump/errors'

import { branchRef, placeRef } from '../objects/ref-name.js'
import { removeFolder } from '../repository/remove-folder.js'
import type { Repository } from '../repository/repository.js'
import { forgetSubmodules } from '../submodules/remove-submodules.js'
import { isEmptyFolder } from './folder-content.js'
import { ownRegistration } from './pointer.js'
import { recordOf } from './record-of.js'
import { findRegistration, isTakenOver, newPlace } from './register.js'
import { type ListedRecord, privateDirOf, type SiteRecord } from './site.js'

/**
 * Removes a worktree's folder, its registration, its private folder and, when given, its branch, in an order that can
 * be taken up again after a kill. What is gone already is fine. A folder whose `.git` file does not lead back to this
 * repository stays, whatever is known of it.
 *
 * @throws GumpError GUMP-G009 for a folder with content that no worktree of Gump is known for.
 */
export async function removeSite(
  repository: Repository,
  folder: string,
  branch: string | null,
): Promise<void> {
  const path = resolve(repository.root, folder)
  const parent = await realpath(dirname(path)).catch(() => dirname(path))
  const dir = join(parent, basename(path))
  const privateDir = privateDirOf(repository, dir)
  const record = await recordOf(repository, dir, privateDir)
  if (record === null) await demandNothing(dir)
  else await removeRecorded(repository, { ...record, privateDir }, dir)
  if (branch !== null) await removeBranches(repository, [branch])
}

/**
 * Removes a worktree that is known, with its folder at `dir`; null: the folder is nowhere. Returns a folder that stays,
 * because nothing says that it is this worktree.
 */
export async function removeRecorded(
  repository: Repository,
  record: ListedRecord,
  dir: string | null,
): Promise<string | null> {
  const { perform } = repository
  const kept = dir === null ? null : await perform('remove-folder', () => removeOwnFolder(repository, dir))
  await perform('remove-registration', async () => {
    for (const adminDir of await registrationsOf(repository, record, record.privateDir))
      await removeFolder(adminDir)
    await removeFolder(record.privateDir)
    await forgetSubmodules(repository, dir ?? record.dir)
  })
  return kept
}

/** The `.git` file goes last: a removal that was killed on the way is recognised by it when it is repeated. */
async function removeOwnFolder(repository: Repository, dir: string): Promise<string | null> {
  const stats = await lstat(dir).catch(() => null)
  if (stats === null) return null
  if (stats.isSymbolicLink()) {
    // A link in the folder's place is removed, what it leads to is not.
    await rm(dir)
    return null
  }
  if (!stats.isDirectory()) return dir
  if ((await ownRegistration(repository, dir)) === null) {
    // Empty: it is all that was left.
    return rmdir(dir).then(
      () => null,
      () => dir,
    )
  }
  for (const name of await readdir(dir, { encoding: 'buffer' })) {
    if (name.toString('latin1') !== '.git') await removeEntry(dir, name)
  }
  await removeFolder(dir)
  return null
}

function removeEntry(dir: string, name: Buffer): Promise<void> {
  return removeFolder(Buffer.concat([Buffer.from(`${dir}/`), name]))
}

/** The one that is noted, and those that name the folder, or the place where it was being made. */
async function registrationsOf(
  repository: Repository,
  { dir, adminDir }: SiteRecord,
  privateDir: string,
): Promise<readonly string[]> {
  const found = [
    await findRegistration(repository, dir),
    await findRegistration(repository, newPlace(privateDir, dir)),
  ]
  if (adminDir !== null && !(await isTakenOver(adminDir, dir))) found.push(adminDir)
  return found.filter((path) => path !== null)
}

async function demandNothing(dir: string): Promise<void> {
  if (await isEmptyFolder(dir).catch(() => false)) return
  throw new GumpError('GUMP-G009', `${dir} is not a worktree of this repository that Gump made`, {
    data: { dir },
  })
}

/** Deletes branches, and what Gump noted about them; those that are gone are skipped. */
export async function removeBranches(
  { refs, perform }: Repository,
  branches: readonly string[],
): Promise<void> {
  const names = branches.flatMap((branch) => [branchRef(branch), placeRef(branch)])
  const present = await Promise.all(
    names.map(async (ref) => ((await refs.read(ref)) === null ? [] : [{ ref, to: null }])),
  )
  await perform('remove-refs', () => refs.move(present.flat()))
}
