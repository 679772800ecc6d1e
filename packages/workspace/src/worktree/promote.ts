import type { CommitDescription } from '../contract.js'
import type { CommitParts } from '../objects/commit-bytes.js'
import { formatMessage } from '../objects/message.js'
import { branchRef } from '../objects/ref-name.js'
import type { Repository } from '../repository/repository.js'
import { moveBranch } from './place-branch.js'
import { publishIndex } from './publish-index.js'
import type { Site } from './site.js'

/** What {@link promote} is asked for. */
export interface PromoteRequest {
  readonly from: string
  readonly snapshot: string
  readonly describe: CommitDescription
}

/**
 * Moves the branch to one new commit with the tree and the parent of a snapshot. Author and dates are the snapshot's
 * too, so that a repetition makes the very same commit.
 *
 * @throws GumpError GUMP-G002 when the branch is neither at `from` nor at such a commit.
 */
export async function promote(repository: Repository, site: Site, request: PromoteRequest): Promise<string> {
  const { objects, perform, commits, refs } = repository
  const { tree, parents, author, committer } = await objects.commit(request.snapshot)
  const wanted: CommitParts = { tree, parents, author, committer, message: formatMessage(request.describe) }

  const now = await refs.read(branchRef(site.branch))
  const done = now !== null && now !== request.from && isSameStep(await objects.commit(now), wanted)
  const commit = done ? now : await perform('write-commit', () => commits(wanted))
  await perform('promote-ref', () => moveBranch(repository, site.branch, done ? now : request.from, commit))
  await publishIndex(repository, site, tree)
  return commit
}

/** The same tree, parents and message: only who wrote it when may differ. */
export function isSameStep(a: CommitParts, b: CommitParts): boolean {
  return a.tree === b.tree && a.message === b.message && a.parents.join() === b.parents.join()
}
