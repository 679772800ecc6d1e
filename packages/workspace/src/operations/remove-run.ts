import { basename, dirname } from 'node:path'

import { GumpError } from '@gump/errors'

import type { KeptWorktree } from '../contract.js'
import type { Repository } from '../repository/repository.js'
import { removeSubmoduleRefs } from '../submodules/remove-submodules.js'
import { readHead } from './facts.js'
import { locateWorktree } from '../worktree/locate.js'
import { belongsElsewhere } from '../worktree/pointer.js'
import { recordOf } from '../worktree/record-of.js'
import { removeBranches, removeRecorded } from '../worktree/remove-site.js'
import { type ListedRecord, listRecords, privateDirOf } from '../worktree/site.js'
import { worktreesOnBranches } from './run-traces.js'

/**
 * Removes everything a run has in the repository: worktrees on its branches, the branches `gump/run-<id>…` and the refs
 * below `refs/gump/<id>/`. Can be repeated after a kill. Returns folders that stay, because nothing says that they are the
 * run's.
 *
 * @param folders - where its worktrees are looked for, besides where git knows them.
 * @throws GumpError GUMP-G010 for an id that is no plain word.
 */
export async function removeRun(
  repository: Repository,
  runId: string,
  folders: readonly string[],
): Promise<readonly KeptWorktree[]> {
  const { refs, perform } = repository
  demandRunId(runId)
  const branches = await branchesOf(repository, runId)
  const kept: KeptWorktree[] = []
  const remove = async (record: ListedRecord, dir: string): Promise<void> => {
    const isAnothers = await belongsElsewhere(repository, dir)
    const stays = await removeRecorded(repository, record, isAnothers ? null : dir)
    if (stays !== null) kept.push({ dir: stays, reason: 'its .git file does not lead to this repository' })
  }
  for (const record of await listRecords(repository)) {
    if (!isBranchOf(runId, record.branch)) continue
    const places = [dirname(record.dir), ...folders]
    await remove(record, (await locateWorktree(repository, basename(record.dir), places)) ?? record.dir)
  }
  // What is left is known to git alone.
  for (const { dir, branch } of await worktreesOnBranches(repository)) {
    const privateDir = privateDirOf(repository, dir)
    const record = isBranchOf(runId, branch) ? await recordOf(repository, dir, privateDir) : null
    if (record !== null) await remove({ ...record, privateDir }, dir)
  }
  await removeBranches(repository, branches)
  await removeSubmoduleRefs(repository, runId, (await readHead(repository)).commit)
  const left = await refs.list(`refs/gump/${runId}/`)
  await perform('remove-refs', () => refs.move(left.map(({ ref }) => ({ ref, to: null }))))
  return kept
}

/** @throws GumpError GUMP-G010 */
export function demandRunId(runId: string): void {
  if (/^[A-Za-z0-9][\w.-]*$/u.test(runId) && !runId.includes('..') && !runId.endsWith('.')) return
  throw new GumpError('GUMP-G010', `${JSON.stringify(runId)} is not a run id`, { data: { runId } })
}

/** `gump/run-<id>` and everything that continues with something that is not part of an id. */
export function isBranchOf(runId: string, branch: string): boolean {
  const own = `gump/run-${runId}`
  return branch.startsWith(own) && !/^\w/u.test(branch.slice(own.length))
}

export async function branchesOf({ refs }: Repository, runId: string): Promise<readonly string[]> {
  const prefixes = ['refs/heads/', 'refs/gump-heads/']
  const lists = await Promise.all(prefixes.map((prefix) => refs.list(`${prefix}gump/`)))
  const names = lists.flatMap((list, index) => list.map(({ ref }) => ref.slice(prefixes[index]?.length)))
  return [...new Set(names)].filter((branch) => isBranchOf(runId, branch))
}
