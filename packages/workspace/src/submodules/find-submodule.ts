import { lstat, mkdir, readdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { GumpError, isGumpError } from '@gump/errors'

import { removeFolder } from '../repository/remove-folder.js'
import type { Repository } from '../repository/repository.js'
import { privateDirOf, readRecord, type Site, type Submodule } from '../worktree/site.js'
import { declaredAt, declaredIn } from './declarations.js'
import { importCommit } from './import-commit.js'
import { createStore, findStore, isGitFolder } from './store.js'
import { gitFolderOf, isInPlace, openSubmodule, readHeadOf } from './submodule.js'

/** What stands at the place of a submodule. */
export type Occupant =
  /** Nothing, a file or a link: git records that. */
  | { readonly is: 'gone' }
  /** An empty folder, as git leaves it for a submodule that is not checked out. */
  | { readonly is: 'empty' }
  /** Files without a repository. */
  | { readonly is: 'files' }
  /** A repository that nobody declares. */
  | { readonly is: 'stranger' }
  | { readonly is: 'submodule'; readonly submodule: Submodule }

/** A submodule as the tree that a step began with has it; `oid` null: not at all. */
export interface Place {
  readonly path: string
  readonly oid: string | null
  readonly baseTree: string
}

/** Finds out what is at the place of a submodule, and takes a repository that is there and declared for one. */
export async function findSubmodule(repository: Repository, parent: Site, place: Place): Promise<Occupant> {
  const { path, oid, baseTree } = place
  const dir = join(parent.dir, path)
  const known = parent.submodules.get(path)
  if (!(await isInPlace({ dir }))) return { is: 'gone' }
  const pointer = await lstat(join(dir, '.git')).catch(() => null)
  const isEmpty = (await readdir(dir)).length === 0
  if (isEmpty) return { is: 'empty' }
  if (known !== undefined) return { is: 'submodule', submodule: known }

  const declaration =
    (await declaredAt(repository, baseTree)).get(path) ?? (await declaredIn(repository, parent.dir)).get(path)
  if (declaration === undefined) return { is: pointer === null ? 'files' : 'stranger' }
  const found = await findStore(repository, declaration)
  const base = await baseOf(repository, parent, path)
  const request = { path, name: declaration.name, base }
  if (found !== null && (await readRecord(found, privateDirOf(found, dir)))?.dir === dir) {
    // An earlier process of this run has checked it out.
    return remember(parent, await openSubmodule(repository, parent, { ...request, store: found }))
  }
  if (pointer === null) return { is: 'files' }
  const gitDir = await settle(parent, declaration.name, dir)
  const head = gitDir === null ? null : ((await readHeadOf(gitDir)) ?? oid)
  if (gitDir === null || head === null)
    throw unrecordable(parent, path, 'its repository cannot be read', 'check it out again, or remove it')
  const store = found ?? (await createStore(repository, declaration))
  if (store === null)
    throw unrecordable(
      parent,
      path,
      `its name ${JSON.stringify(declaration.name)} is taken`,
      'give it another name',
    )
  await bring(store, parent, { path, gitDir, commit: head })
  const submodule = await openSubmodule(repository, parent, { ...request, store })
  submodule.at = head
  return remember(parent, submodule)
}

function remember(parent: Site, submodule: Submodule): Occupant {
  parent.submodules.set(submodule.path, submodule)
  return { is: 'submodule', submodule }
}

/** Brings a commit into the store when it is not there yet. */
export async function bring(
  store: Repository,
  parent: Pick<Site, 'dir'>,
  from: { readonly path: string; readonly gitDir: string; readonly commit: string },
): Promise<void> {
  const { path, gitDir, commit } = from
  if ((await store.objects.find(commit))?.type === 'commit') return
  await importCommit(store, gitDir, commit).catch((cause: unknown) => {
    if (!isGumpError(cause)) throw cause
    const why = `its commit ${commit} cannot be taken over: ${cause.message}`
    throw unrecordable(parent, path, why, 'commit it again there, or go back to a commit that is whole')
  })
}

/** The commit that the run began with at this path. */
export async function baseOf(
  repository: Repository,
  { filters }: Site,
  path: string,
): Promise<string | null> {
  if (filters?.commit == null) return null
  const { tree } = await repository.objects.commit(filters.commit)
  return (await repository.landmarks(tree)).gitlinks.get(path) ?? null
}

/**
 * The git folder of a submodule that another program has checked out: where git puts it, or a `.git` folder inside it, which
 * is moved there. What a `.git` file names is not looked at.
 */
async function settle(parent: Site, name: string, dir: string): Promise<string | null> {
  const place = gitFolderOf(parent, name)
  const pointer = join(dir, '.git')
  if ((await isInPlace({ dir: pointer })) && (await isGitFolder(pointer))) {
    await removeFolder(place)
    await mkdir(dirname(place), { recursive: true })
    await rename(pointer, place)
    return place
  }
  return (await isInPlace({ dir: place })) && (await isGitFolder(place)) ? place : null
}

/** GUMP-G014, with where the work is. */
export function unrecordable(
  parent: Pick<Site, 'dir'>,
  path: string,
  why: string,
  remedy: string,
): GumpError {
  const dir = join(parent.dir, path)
  return new GumpError(
    'GUMP-G014',
    `the work in the submodule ${JSON.stringify(path)} cannot be recorded: ${why}`,
    {
      data: { path, dir },
      remedy: `${remedy}, in ${dir}, and resume; until then it stays there`,
    },
  )
}
