import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { gitFailed } from '../git/git-failure.js'
import { decodePath, encodePath, splitRecords } from '../git/path-bytes.js'
import { type GitCall, runGit } from '../git/run-git.js'
import { signature } from '../objects/commit-bytes.js'
import type { Repository } from '../repository/repository.js'
import { withScratch } from '../repository/scratch.js'

/** The tree of a merge; it has conflict markers in it when files are named. */
export interface MergedTree {
  readonly tree: string
  /** Files with conflicts, in git's order. */
  readonly conflicts: readonly string[]
}

/**
 * Merges two commits with the merge bases that history gives. Only attributes that are tracked in `ours` count
 * (`merge=union`, `binary`): merge drivers are configuration, and none is looked at.
 */
export async function mergeCommits(
  repository: Repository,
  ours: string,
  theirs: string,
): Promise<MergedTree> {
  const { tree } = await repository.objects.commit(ours)
  return withAttributes(repository, tree, async (call) => {
    const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', ours, theirs]
    const outcome = await repository.perform('merge-trees', () => runGit(args, call))
    if (outcome.code !== 0 && outcome.code !== 1) throw gitFailed(args, outcome)
    const [written, ...conflicts] = splitRecords(outcome.stdout)
    return { tree: written?.toString('latin1') ?? '', conflicts: conflicts.map(decodePath) }
  })
}

/** Merges three trees. */
export async function mergeTrees(
  repository: Repository,
  trees: { readonly base: string; readonly ours: string; readonly theirs: string },
): Promise<MergedTree> {
  const { base, ours, theirs } = trees
  if (ours === base || ours === theirs) return { tree: theirs, conflicts: [] }
  if (theirs === base) return { tree: ours, conflicts: [] }
  // A small history of its own makes `base` the merge base; git before 2.40 takes no `--merge-base`. The commits are always the
  // same for the same trees, nothing refers to them, and git's upkeep removes them.
  const author = signature({ name: 'Gump', email: 'gump@localhost' }, 0)
  const commit = (tree: string, parents: readonly string[]): Promise<string> =>
    repository.commits({ tree, parents, author, committer: author, message: 'merge\n' })
  const root = await commit(base, [])
  const [left, right] = await Promise.all([commit(ours, [root]), commit(theirs, [root])])
  return mergeCommits(repository, left, right)
}

/** Lays the `.gitattributes` files of a tree out in a temporary working tree, when it has some. */
async function withAttributes<T>(
  repository: Repository,
  tree: string,
  work: (call: GitCall) => Promise<T>,
): Promise<T> {
  const call = await repository.bare()
  const { attributes: paths } = await repository.landmarks(tree)
  if (paths.length === 0) return work(call)
  return withScratch(repository.ownDir, async (dir) => {
    for (const path of paths) {
      const content = await repository.objects.blobAt(tree, path)
      await mkdir(encodePath(dirname(join(dir, path))), { recursive: true })
      if (content !== null) await writeFile(encodePath(join(dir, path)), content)
    }
    const env = { ...call.env, GIT_WORK_TREE: dir, GIT_INDEX_FILE: join(dir, '.git-index') }
    return work({ ...call, cwd: dir, env })
  })
}
