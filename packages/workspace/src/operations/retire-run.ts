import { listFirst } from '@gump/errors'
import { basename, dirname } from 'node:path'

import type { KeptWorktree, RetireRequest } from '../contract.js'
import type { Repository } from '../repository/repository.js'
import { locateWorktree } from '../worktree/locate.js'
import { reopenSite } from '../worktree/open-site.js'
import { placeOfBranch } from '../worktree/place-branch.js'
import { removeBranches, removeRecorded } from '../worktree/remove-site.js'
import { type ListedRecord, listRecords, type Site } from '../worktree/site.js'
import { stage } from '../worktree/stage.js'
import { listUntracked, whatCame } from '../worktree/untracked.js'
import { branchesOf, demandRunId, isBranchOf } from './remove-run.js'

/**
 * Removes the worktrees of a run whose work has been taken, and the branches of its tasks. A worktree that holds more than
 * its branch stays, and its branch with it. The run's own branch and its refs stay for reports and replays.
 */
export async function retireRun(
  repository: Repository,
  request: RetireRequest,
): Promise<readonly KeptWorktree[]> {
  const { runId, folders, setUp } = request
  demandRunId(runId)
  const kept: KeptWorktree[] = []
  const busy = new Set([`gump/run-${runId}`])
  for (const record of await listRecords(repository)) {
    if (!isBranchOf(runId, record.branch)) continue
    const name = basename(record.dir)
    const dir = await locateWorktree(repository, name, [dirname(record.dir), ...folders])
    const reason = dir === null ? null : await whyKept(repository, record, dir, setUp(name))
    if (reason !== null && dir !== null) {
      kept.push({ dir, reason })
      busy.add(record.branch)
      continue
    }
    // What stands in its place is not ours to remove.
    await removeRecorded(repository, record, dir)
  }
  const branches = await branchesOf(repository, runId)
  await removeBranches(
    repository,
    branches.filter((branch) => !busy.has(branch)),
  )
  return kept
}

async function whyKept(
  repository: Repository,
  { branch, populated }: ListedRecord,
  dir: string,
  setUp: Parameters<typeof whatCame>[0],
): Promise<string | null> {
  if (!populated) return null
  const site = await reopenSite(repository, { dir, branch })
  if (await differs(repository, site)) return 'its files are not those of its branch'
  const came = whatCame(setUp, await listUntracked(repository, site, 'ignored'))
  if (came.length === 0) return null
  return `it holds ignored files that the set-up did not make: ${listFirst(came, 3)}`
}

async function differs(repository: Repository, site: Site): Promise<boolean> {
  const { tree } = await repository.objects.commit(await placeOfBranch(repository, site.branch))
  return (await stage(repository, site, tree)) !== tree
}
