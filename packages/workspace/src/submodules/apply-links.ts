import { access } from 'node:fs/promises'
import { join } from 'node:path'

import { GumpError } from '@gump/errors'

import type { AppliedSubmodule } from '../contract.js'
import { type GitCall, runGit } from '../git/run-git.js'
import { gitlinkMode } from '../objects/landmarks.js'
import type { TreeChange } from '../objects/tree-differ.js'
import type { Repository } from '../repository/repository.js'
import { declaredAt } from './declarations.js'
import { findStore } from './store.js'

/** A submodule whose commit a merge changes. */
export interface ChangedLink {
  readonly path: string
  readonly store: Repository
  /** null: it is new. */
  readonly from: string | null
  readonly to: string
}

/**
 * Finds the repositories of all submodules whose commit changes, and keeps the new commits there permanently.
 *
 * @param tree - what is merged, which declares them.
 * @throws GumpError GUMP-G015 when one of the commits is not there.
 */
export async function holdLinks(
  repository: Repository,
  tree: string,
  changes: readonly TreeChange[],
): Promise<readonly ChangedLink[]> {
  const links = await changedLinks(repository, tree, changes)
  for (const { store, from, to } of links) {
    await store.refs.move([{ ref: appliedRef(to), to }])
    const { tree: after } = await store.objects.commit(to)
    await holdLinks(store, after, await changesInside(store, from, after))
  }
  return links
}

async function changesInside(
  store: Repository,
  from: string | null,
  after: string,
): Promise<readonly TreeChange[]> {
  const before = from === null ? null : await store.objects.find(from)
  if (before === null || from === null) return []
  return store.trees.list((await store.objects.commit(from)).tree, after)
}

/** The ref that holds a commit of a submodule that a branch of the user's names. */
export function appliedRef(commit: string): string {
  return `refs/gump/applied/${commit}`
}

async function changedLinks(
  repository: Repository,
  tree: string,
  changes: readonly TreeChange[],
): Promise<readonly ChangedLink[]> {
  const links: ChangedLink[] = []
  for (const { path, oldMode, oldOid, newMode, newOid } of changes) {
    if (newMode !== gitlinkMode) continue
    const declaration = (await declaredAt(repository, tree)).get(path) ?? { name: path, path, url: null }
    const store = await findStore(repository, declaration)
    if (store === null || (await store.objects.find(newOid))?.type !== 'commit') throw nowhere(path, newOid)
    links.push({ path, store, from: oldMode === gitlinkMode ? oldOid : null, to: newOid })
  }
  return links
}

/**
 * Brings submodules that are checked out along, as `git submodule update` would: where HEAD is at the old commit and nothing
 * is changed. Others are left as they are.
 */
export async function bringAlong(
  repository: Repository,
  root: string,
  links: readonly ChangedLink[],
): Promise<readonly AppliedSubmodule[]> {
  const applied: AppliedSubmodule[] = []
  for (const link of links) {
    const { path, to } = link
    applied.push({ path, commit: to, checkedOut: await checkOut(repository, join(root, path), link) })
  }
  return applied
}

async function checkOut(repository: Repository, dir: string, link: ChangedLink): Promise<boolean> {
  const { store, from, to } = link
  const isThere = await access(join(dir, '.git')).then(
    () => true,
    () => false,
  )
  if (from === null || !isThere) return false
  const { commonDir } = store
  const call: GitCall = {
    cwd: dir,
    env: {
      ...repository.user.env,
      GIT_DIR: commonDir,
      GIT_WORK_TREE: dir,
      GIT_INDEX_FILE: join(commonDir, 'index'),
    },
  }
  const head = (await runGit(['rev-parse', '--verify', '--quiet', 'HEAD'], call)).stdout
    .toString('latin1')
    .trim()
  if (head === to) return true
  const args = ['status', '--porcelain', '-z', '--untracked-files=no', '--ignore-submodules=dirty']
  const status = await runGit(args, call)
  if (head !== from || status.code !== 0 || status.stdout.length > 0) return false
  await runGit(['update-index', '-q', '--refresh'], call)
  const moved = await runGit(['read-tree', '-m', '-u', from, to], call)
  if (moved.code !== 0) return false
  const reason = ['-m', 'gump apply', '--no-deref']
  if ((await runGit(['update-ref', ...reason, 'HEAD', to, from], call)).code !== 0) return false
  const { tree } = await store.objects.commit(to)
  const inner = await changedLinks(store, tree, await changesInside(store, from, tree))
  await bringAlong(repository, dir, inner)
  return true
}

function nowhere(path: string, commit: string): GumpError {
  return new GumpError(
    'GUMP-G015',
    `the run names the commit ${commit} of the submodule ${JSON.stringify(path)}, which is not in your repository of it`,
    {
      data: { path, commit },
      remedy: `check the submodule out (git submodule update --init), fetch that commit in it, and apply again`,
    },
  )
}
