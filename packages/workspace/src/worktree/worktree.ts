import type { Worktree } from '../contract.js'
import type { Queue } from '../repository/queue.js'
import type { Repository } from '../repository/repository.js'
import { missingSubmodules } from '../submodules/check-out-submodules.js'
import { buildGitView } from '../view/git-view.js'
import { listRefs, type RefListing } from '../view/ref-listing.js'
import { adopt } from './adopt.js'
import { emptyOut } from './empty-out.js'
import { demandIntact } from './intact.js'
import { listUntracked } from './untracked.js'
import { placeBranch, placeOfBranch } from './place-branch.js'
import { promote } from './promote.js'
import { publishIndex } from './publish-index.js'
import { restore } from './restore.js'
import type { Site } from './site.js'
import { snapshot } from './snapshot.js'
import { stage } from './stage.js'
import { substitute } from './substitute.js'
import { writeDiff } from './write-diff.js'

/** The operations of one open worktree, one at a time. */
export function createWorktree(repository: Repository, site: Site, queue: Queue): Worktree {
  let listing: RefListing | null = null
  return {
    dir: site.dir,
    branch: site.branch,
    gitDir: site.adminDir,
    remade: site.remade,
    setAside: site.setAside,
    snapshot: (request) => queue(() => snapshot(repository, site, request)),
    writeDiff: (from, to, file) => writeDiff(repository, from, to, file),
    restore: (commit, mode) => queue(() => restore(repository, site, commit, mode)),
    promote: (request) => queue(() => promote(repository, site, request)),
    resetBranch: (commit) => queue(() => resetBranch(repository, site, commit)),
    differsFrom: (commit) => queue(() => differsFrom(repository, site, commit)),
    missingSubmodules: (commit) =>
      queue(async () => {
        const { tree } = await repository.objects.commit(commit)
        return missingSubmodules(repository, site, tree)
      }),
    tip: () => queue(() => placeOfBranch(repository, site.branch)),
    adopt: (request) => queue(() => adopt(repository, site, request)),
    substitute: (files) => queue(() => substitute(site.dir, files)),
    demandIntact: () => queue(() => demandIntact(repository, site)),
    untracked: () => queue(() => listUntracked(repository, site)),
    emptyOut: () => queue(() => emptyOut(repository, site)),
    gitView: ({ place, again = false }) =>
      queue(async () => {
        if (!again || listing === null) listing = await listRefs(repository)
        return buildGitView(repository, site, listing, place)
      }),
  }
}

async function resetBranch(repository: Repository, site: Site, commit: string): Promise<void> {
  const { tree } = await repository.objects.commit(commit)
  await placeBranch(repository, site.branch, commit)
  await publishIndex(repository, site, tree)
}

async function differsFrom(repository: Repository, site: Site, commit: string): Promise<boolean> {
  const { tree } = await repository.objects.commit(commit)
  await demandIntact(repository, site)
  return (await stage(repository, site, tree)) !== tree
}
