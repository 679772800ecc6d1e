import { lstat } from 'node:fs/promises'
import { join } from 'node:path'

import { decodePath, encodePath, splitRecords } from '../git/path-bytes.js'
import { demandGit, runGit } from '../git/run-git.js'
import type { TreeChange } from '../objects/tree-differ.js'
import { changes } from '../operations/changes.js'
import type { Repository } from '../repository/repository.js'
import { withScratch } from '../repository/scratch.js'

/** The user's tracked files with changes. */
export async function localChanges(repository: Repository): Promise<readonly string[]> {
  return (await changes(repository)).tracked
}

/** Which of the user's files are as a tree has them, line endings and filters of the user considered. */
export interface Comparison {
  /** The file in the working tree is what the tree has there, or missing where the tree has nothing. */
  matchesFile(change: TreeChange): Promise<boolean>
  /** The same for what is staged. */
  matchesIndex(path: string): boolean
}

/** Compares the working tree with the old or the new side of changes. */
export async function compareWith(
  repository: Repository,
  tree: string,
  side: 'old' | 'new',
): Promise<Comparison> {
  const { user, ownDir, root } = repository
  const names = async (args: readonly string[], of: typeof user): Promise<ReadonlySet<string>> =>
    new Set(splitRecords(await demandGit([...args, '--name-only', '-z'], of)).map(decodePath))
  return withScratch(ownDir, async (index) => {
    const call = { ...user, env: { ...user.env, GIT_INDEX_FILE: index } }
    await demandGit(['read-tree', tree], call)
    await runGit(['update-index', '-q', '--refresh'], call)
    const files = await names(['diff-files', '--ignore-submodules=dirty'], call)
    const staged = await names(['diff-index', '--cached', '--ignore-submodules=dirty', tree], user)
    return {
      matchesFile: async ({ path, oldMode, newMode }) => {
        if ((side === 'old' ? oldMode : newMode) !== '000000') return !files.has(path)
        const found = await lstat(encodePath(join(root, path))).catch(() => null)
        return found === null
      },
      matchesIndex: (path) => !staged.has(path),
    }
  })
}

/**
 * Of changed files, those that are not what an interrupted apply left: neither as before nor as afterwards.
 * `plan` are the differences between the two.
 */
export async function unexplained(
  changed: readonly string[],
  plan: readonly TreeChange[],
  { before, after }: { readonly before: Comparison; readonly after: Comparison },
): Promise<readonly string[]> {
  const planned = new Map(plan.map((change) => [change.path, change]))
  const left: string[] = []
  for (const path of changed) {
    const change = planned.get(path)
    const file =
      change !== undefined && ((await before.matchesFile(change)) || (await after.matchesFile(change)))
    if (!file || !(before.matchesIndex(path) || after.matchesIndex(path))) left.push(path)
  }
  return left
}
