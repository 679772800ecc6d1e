import { resolve } from 'node:path'

import { apply } from './apply/apply.js'
import type { GitWorkspace } from './contract.js'
import { contentFilters } from './filters/content-filters.js'
import { parseTrailers } from './objects/message.js'
import { placeRef } from './objects/ref-name.js'
import { blameLines } from './operations/blame.js'
import { changedFiles } from './operations/changed-files.js'
import { changes } from './operations/changes.js'
import { listFiles } from './operations/list-files.js'
import { integrate } from './operations/integrate.js'
import { collidingRefs } from './operations/colliding-refs.js'
import { removeRun } from './operations/remove-run.js'
import { retireRun } from './operations/retire-run.js'
import { excludeOwnFolders } from './repository/ignore-patterns.js'
import { createQueue, type Queue } from './repository/queue.js'
import type { Repository } from './repository/repository.js'
import { runsInGit } from './runs-in-git.js'
import { workingTrees } from './operations/working-trees.js'
import { checkoutState } from './watch/checkout-state.js'
import { gitSettings } from './watch/git-settings.js'
import { openSite, reopenSite } from './worktree/open-site.js'
import { moveBranch } from './worktree/place-branch.js'
import { belongsElsewhere } from './worktree/pointer.js'
import { removeSite } from './worktree/remove-site.js'
import { createWorktree } from './worktree/worktree.js'

/** Composes the operations into the seam that the engine works through. */
export function createProvider(repository: Repository): GitWorkspace {
  const queues = new Map<string, Queue>()
  const queueOf = (dir: string): Queue => {
    const path = resolve(repository.root, dir)
    const queue = queues.get(path) ?? createQueue()
    queues.set(path, queue)
    return queue
  }
  const applying = createQueue()

  return {
    ...runsInGit(repository),
    changes: (options) => changes(repository, options),
    excludeOwnFolders: (brought) => excludeOwnFolders(repository, brought),
    contentFilters: (request) => contentFilters(repository, request),
    openWorktree: (request) => {
      const queue = queueOf(request.dir)
      return queue(async () => createWorktree(repository, await openSite(repository, request), queue))
    },
    reopenWorktree: (request) => {
      const queue = queueOf(request.dir)
      return queue(async () => createWorktree(repository, await reopenSite(repository, request), queue))
    },
    removeWorktree: (dir, branch) => queueOf(dir)(() => removeSite(repository, dir, branch)),
    gitSettings: () => gitSettings(repository),
    checkoutState: () => checkoutState(repository),
    workingTrees: () => workingTrees(repository),
    integrate: (request) => integrate(repository, request),
    moveRef: (ref, from, to) => moveRef(repository, ref, from, to),
    changedFiles: (from, to) => changedFiles(repository, from, to),
    listFilesAt: (commit) => listFiles(repository, commit),
    readFileAt: (commit, path) => repository.objects.blobAt(commit, path),
    apply: (request) => applying(() => apply(repository, request)),
    isForeign: (dir) => belongsElsewhere(repository, dir),
    collidingRefs: () => collidingRefs(repository),
    retireRun: (request) => retireRun(repository, request),
    removeRun: (runId, folders) => removeRun(repository, runId, folders ?? []),
    readCommit: async (commit) => {
      const { tree, parents, message } = await repository.objects.commit(commit)
      const subject = message.split('\n', 1)[0] ?? ''
      return { commit, tree, parents, subject, trailers: parseTrailers(message) }
    },
    blameLines: (commit, path) => blameLines(repository, commit, path),
  }
}

/** A branch that Gump placed takes its noted place along, or the next snapshot would put it back. */
async function moveRef(repository: Repository, ref: string, from: string | null, to: string): Promise<void> {
  const branch = /^refs\/heads\/(.+)$/u.exec(ref)?.[1]
  const noted = branch === undefined ? null : await repository.refs.read(placeRef(branch))
  await repository.perform('move-ref', () =>
    branch === undefined || noted === null
      ? repository.refs.move([{ ref, from, to }])
      : moveBranch(repository, branch, from, to),
  )
}
