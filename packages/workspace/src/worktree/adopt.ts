import type { CommitDescription } from '../contract.js'
import { formatMessage } from '../objects/message.js'
import { branchRef } from '../objects/ref-name.js'
import type { Repository } from '../repository/repository.js'
import { moveBranch } from './place-branch.js'
import { isSameStep } from './promote.js'
import { publishIndex } from './publish-index.js'
import { putBack } from './put-back.js'
import type { Site } from './site.js'
import { writeCommit } from './snapshot.js'
import { stage } from './stage.js'

/**
 * Commits what a person changed in the worktree, commits of their own included, as one commit on top of `base`, and
 * moves the branch there. Null when the files are those of `base`.
 *
 * @throws GumpError GUMP-G002 when the branch is neither at `base` nor at such a commit.
 */
export async function adopt(
  repository: Repository,
  site: Site,
  { base, describe }: { readonly base: string; readonly describe: CommitDescription },
): Promise<string | null> {
  const { objects, perform, refs } = repository
  const { tree: baseTree } = await objects.commit(base)
  await putBack(repository, site)
  const tree = await stage(repository, site, baseTree)
  if (tree === baseTree) return null

  const now = await refs.read(branchRef(site.branch))
  if (now !== null && now !== base) {
    const present = await objects.commit(now)
    const { author, committer } = present
    const wanted = { tree, parents: [base], message: formatMessage(describe), author, committer }
    if (isSameStep(present, wanted)) return now
  }
  const commit = await writeCommit(repository, { tree, parents: [base], describe })
  await perform('adopt-ref', () => moveBranch(repository, site.branch, base, commit))
  await publishIndex(repository, site, tree)
  return commit
}
