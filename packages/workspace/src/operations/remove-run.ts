import { GumpError } from '@gump/errors'

import type { Repository } from '../repository/repository.js'
import { removeSubmoduleRefs } from '../submodules/remove-submodules.js'
import { headCommit } from './facts.js'
import { removeBranches, removeSite } from '../worktree/remove-site.js'
import { worktreesOnBranches } from './run-traces.js'

/**
 * Removes everything a run has in the repository: worktrees on its branches, the branches `gump/run-<id>…` and the refs
 * below `refs/gump/<id>/`. Can be repeated after a kill.
 *
 * @throws GumpError GUMP-G010 for an id that is no plain word.
 */
export async function removeRun(repository: Repository, runId: string): Promise<void> {
  const { refs, perform } = repository
  if (!/^[A-Za-z0-9][\w.-]*$/u.test(runId) || runId.includes('..') || runId.endsWith('.')) {
    throw new GumpError('GUMP-G010', `${JSON.stringify(runId)} is not a run id`, { data: { runId } })
  }
  const branches = await branchesOf(repository, runId)
  for (const { dir, branch } of await worktreesOnBranches(repository)) {
    if (isBranchOf(runId, branch)) await removeSite(repository, dir, null)
  }
  await removeBranches(repository, branches)
  await removeSubmoduleRefs(repository, runId, await headCommit(repository))
  const left = await refs.list(`refs/gump/${runId}/`)
  await perform('remove-refs', () => refs.move(left.map(({ ref }) => ({ ref, to: null }))))
}

/** `gump/run-<id>` and everything that goes on after it with something that is not part of an id. */
function isBranchOf(runId: string, branch: string): boolean {
  const own = `gump/run-${runId}`
  return branch.startsWith(own) && !/^\w/u.test(branch.slice(own.length))
}

async function branchesOf({ refs }: Repository, runId: string): Promise<readonly string[]> {
  const prefixes = ['refs/heads/', 'refs/gump-heads/']
  const lists = await Promise.all(prefixes.map((prefix) => refs.list(`${prefix}gump/`)))
  const names = lists.flatMap((list, index) => list.map(({ ref }) => ref.slice(prefixes[index]?.length)))
  return [...new Set(names)].filter((branch) => isBranchOf(runId, branch))
}
