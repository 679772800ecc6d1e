import { lstat, realpath, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

import { GumpError } from '@gump/errors'

import { branchRef, placeRef } from '../objects/ref-name.js'
import { removeFolder } from '../repository/remove-folder.js'
import type { Repository } from '../repository/repository.js'
import { forgetSubmodules } from '../submodules/remove-submodules.js'
import { isEmptyFolder } from './folder-content.js'
import { recordOf } from './record-of.js'
import { findRegistration, isTakenOver, newPlace } from './register.js'
import { privateDirOf, type SiteRecord } from './site.js'

/**
 * Removes a worktree's folder, its registration, its private folder and, when given, its branch, in an order that can
 * be taken up again after a kill. What is gone already is fine.
 *
 * @throws GumpError GUMP-G009 for a folder with content that no worktree of Gump is known for.
 */
export async function removeSite(
  repository: Repository,
  folder: string,
  branch: string | null,
): Promise<void> {
  const { perform } = repository
  const path = resolve(repository.root, folder)
  const parent = await realpath(dirname(path)).catch(() => dirname(path))
  const dir = join(parent, basename(path))
  const privateDir = privateDirOf(repository, dir)
  const record = await recordOf(repository, dir, privateDir)
  if (record === null) {
    await demandNothing(dir)
  } else {
    const stats = await lstat(dir).catch(() => null)
    // A link in the folder's place is removed, what it leads to is not.
    await perform('remove-folder', () => (stats?.isSymbolicLink() === true ? rm(dir) : removeFolder(dir)))
    await perform('remove-registration', async () => {
      for (const adminDir of await registrationsOf(repository, record, privateDir))
        await removeFolder(adminDir)
      await removeFolder(privateDir)
      await forgetSubmodules(repository, dir)
    })
  }
  if (branch !== null) await removeBranches(repository, [branch])
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

/** Deletes branches, and what Gump noted about them; those that are gone are passed over. */
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
