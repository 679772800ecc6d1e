import type { Integration, IntegrationResult } from '../contract.js'
import type { Repository } from '../repository/repository.js'
import { writeCommit } from '../worktree/write-commit.js'
import { mergeTrees } from './merge-trees.js'

/** Three-way merge of `ours` and `theirs` over `base` into a commit with both as parents. */
export async function integrate(repository: Repository, request: Integration): Promise<IntegrationResult> {
  const { ours, theirs, base, describe } = request
  const before = await mergedBefore(repository, request)
  if (before !== null) return { status: 'merged', commit: before }
  const [left, right, origin] = await Promise.all(
    [ours, theirs, base].map((id) => repository.objects.commit(id)),
  )
  const merged = await mergeTrees(repository, {
    base: origin?.tree ?? '',
    ours: left?.tree ?? '',
    theirs: right?.tree ?? '',
  })
  if (merged.conflicts.length > 0) return { status: 'conflict', files: merged.conflicts }
  const commit = await writeCommit(repository, { tree: merged.tree, parents: [ours, theirs], describe })
  return { status: 'merged', commit }
}

/** The same merge at the tip of the branch, made by a process that died before it could tell. */
async function mergedBefore(
  repository: Repository,
  { ours, theirs, branch }: Integration,
): Promise<string | null> {
  const tip = branch === undefined ? null : await repository.refs.read(branch)
  if (tip === null || tip === ours) return null
  const { parents } = await repository.objects.commit(tip)
  return parents.length === 2 && parents[0] === ours && parents[1] === theirs ? tip : null
}
