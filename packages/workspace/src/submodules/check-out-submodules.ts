import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { isGumpError } from '@gump/errors'

import type { RestoreMode } from '../contract.js'
import { removeFolder } from '../repository/remove-folder.js'
import type { Repository } from '../repository/repository.js'
import type { Site, Submodule } from '../worktree/site.js'
import { declaredAt } from './declarations.js'
import { baseOf, findSubmodule, type Occupant } from './find-submodule.js'
import { holdCommit } from './hold-commit.js'
import { findStore } from './store.js'
import { openSubmodule, putBackSubmodule } from './submodule.js'

/** Brings the files of a worktree to a tree; given, because a submodule is restored like what it is in. */
export type RestoreFiles = (
  repository: Repository,
  site: Site,
  tree: string,
  mode: RestoreMode,
) => Promise<void>

/**
 * Brings the submodules of a worktree to the commits that a tree names: those that are checked out, and, where that is
 * wanted, those that the user's repository has. Nothing is fetched. The files around them are in place already.
 */
export async function checkOutSubmodules(
  repository: Repository,
  site: Site,
  { tree, mode }: { readonly tree: string; readonly mode: RestoreMode },
  restore: RestoreFiles,
): Promise<void> {
  const { gitlinks } = await repository.landmarks(tree)
  for (const [path, submodule] of site.submodules) {
    if (gitlinks.has(path)) continue
    site.submodules.delete(path)
    await removeFolder(submodule.site.adminDir)
    await removeFolder(submodule.site.privateDir)
  }
  for (const [path, oid] of gitlinks) {
    const submodule = await submoduleFor(repository, site, { path, oid, baseTree: tree })
    if (submodule === null || (await submodule.store.objects.find(oid)) === null) continue
    const { tree: wanted } = await submodule.store.objects.commit(oid)
    await restore(submodule.store, submodule.site, wanted, mode)
    await putBackSubmodule(site, submodule, oid)
    // Another run may have made it, which can be removed before this one.
    if (oid !== (await baseOf(repository, site, path))) {
      await holdCommit(repository, submodule.store, { branch: site.branch, commit: oid })
    }
  }
}

async function submoduleFor(
  repository: Repository,
  site: Site,
  place: { readonly path: string; readonly oid: string; readonly baseTree: string },
): Promise<Submodule | null> {
  const { path, oid, baseTree } = place
  const dir = join(site.dir, path)
  if (!site.sparse) await mkdir(dir, { recursive: true })
  const occupant = await findSubmodule(repository, site, place).catch((error: unknown): Occupant => {
    // What cannot be taken over is not what the tree wants there.
    if (isGumpError(error) && error.code === 'GUMP-G014') return { is: 'stranger' }
    throw error
  })
  if (occupant.is === 'submodule') return occupant.submodule
  if (occupant.is === 'gone') return null
  const known = site.submodules.get(path)
  if (known !== undefined) return known
  const declaration = (await declaredAt(repository, baseTree)).get(path)
  const store =
    declaration === undefined || !site.withSubmodules ? null : await findStore(repository, declaration)
  if (declaration === undefined || store === null || (await store.objects.find(oid)) === null) {
    // Whatever was put where git leaves an empty folder.
    if (occupant.is !== 'empty') {
      await removeFolder(dir)
      await mkdir(dir, { recursive: true })
    }
    return null
  }
  const base = (await baseOf(repository, site, path)) ?? null
  const submodule = await openSubmodule(repository, site, { path, name: declaration.name, store, base })
  site.submodules.set(path, submodule)
  return submodule
}

/** Submodules that a tree names and that are not checked out. */
export async function missingSubmodules(
  repository: Repository,
  site: Site,
  tree: string,
): Promise<readonly string[]> {
  const { gitlinks } = await repository.landmarks(tree)
  const missing: string[] = []
  for (const [path, oid] of gitlinks) {
    const submodule = site.submodules.get(path)
    if (submodule === undefined) missing.push(path)
    else {
      const { tree: inner } = await submodule.store.objects.commit(oid)
      const below = await missingSubmodules(submodule.store, submodule.site, inner)
      missing.push(...below.map((name) => `${path}/${name}`))
    }
  }
  return missing
}
