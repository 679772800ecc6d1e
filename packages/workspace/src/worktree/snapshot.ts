import { GumpError } from '@gump/errors'

import type { CommitDescription, Snapshot } from '../contract.js'
import { summarise } from '../objects/tree-differ.js'
import type { Repository } from '../repository/repository.js'
import { putBack } from './put-back.js'
import type { Site } from './site.js'
import { stage } from './stage.js'
import { writeCommit } from './write-commit.js'

/** What {@link snapshot} is asked for. */
export interface SnapshotRequest {
  readonly base: string
  readonly ref: string
  readonly describe: CommitDescription
}

/**
 * Records the files of a worktree as a commit on top of `base` that `ref` points at.
 *
 * @throws GumpError GUMP-G002 when `ref` exists and is no snapshot on top of `base`.
 */
export async function snapshot(
  repository: Repository,
  site: Site,
  request: SnapshotRequest,
): Promise<Snapshot> {
  const { base, ref, describe } = request
  const { tree: baseTree } = await repository.objects.commit(base)
  await putBack(repository, site)
  const existing = await repository.refs.read(ref)
  if (existing !== null) return adoptSnapshot(repository, base, ref, existing)

  const tree = await stage(repository, site, baseTree)
  if (tree === baseTree) return { tree, commit: null, files: [], insertions: 0, deletions: 0 }
  const commit = await writeCommit(repository, { tree, parents: [base], describe })
  await repository.perform('snapshot-ref', () => repository.refs.move([{ ref, from: null, to: commit }]))
  return { tree, commit, ...summarise(await repository.trees.compare(baseTree, tree)) }
}

async function adoptSnapshot(
  repository: Repository,
  base: string,
  ref: string,
  commit: string,
): Promise<Snapshot> {
  const [{ tree: baseTree }, { tree, parents }] = await Promise.all([
    repository.objects.commit(base),
    repository.objects.commit(commit),
  ])
  if (parents[0] !== base) {
    throw new GumpError('GUMP-G002', `${ref} exists and is not on top of ${base}`, {
      data: { ref, expected: base, actual: parents[0] ?? null },
    })
  }
  return { tree, commit, ...summarise(await repository.trees.compare(baseTree, tree)) }
}
