import { GumpError } from '@gump/errors'

import type { CommitDescription } from '../contract.js'
import { formatMessage } from '../objects/message.js'
import { branchRef } from '../objects/ref-name.js'
import { mergeTrees } from '../operations/merge-trees.js'
import type { Repository } from '../repository/repository.js'
import { moveBranch, placeBranch } from './place-branch.js'
import { isSameStep } from './promote.js'
import { publishIndex } from './publish-index.js'
import { putBack } from './put-back.js'
import { restoreFiles } from './restore.js'
import type { Site } from './site.js'
import { writeCommit } from './write-commit.js'
import { stage } from './stage.js'

/** What {@link adopt} is asked for. */
export interface AdoptRequest {
  readonly base: string
  /** What the files held before they were edited, when that is not `base`. */
  readonly content?: string
  readonly describe: CommitDescription
}

/**
 * Commits what a person changed in the worktree, commits of their own included, as one commit on top of `base`, and
 * moves the branch there. Null when nothing was changed. A commit of such edits that is on the branch already is taken for
 * this one's beginning: its maker died before it could record it.
 *
 * @throws GumpError GUMP-G002 when the branch is neither at `base` nor at such a commit, GUMP-G011 when the edits conflict
 *   with what reached the branch since the files were written.
 */
export async function adopt(
  repository: Repository,
  site: Site,
  { base, content = base, describe }: AdoptRequest,
): Promise<string | null> {
  const { objects, perform, refs } = repository
  const [{ tree: baseTree }, before] = await Promise.all([objects.commit(base), objects.commit(content)])
  await putBack(repository, site)
  const files = await stage(repository, site, baseTree)
  if (files === before.tree || files === baseTree) {
    await withdraw()
    return null
  }

  // A failed attempt's files stand on the branch; any others are older than it, and must not take newer work back.
  const isOlder = content !== base && !before.parents.includes(base)
  const tree = isOlder
    ? await mergedTree(repository, site, { base: before.tree, ours: baseTree, theirs: files })
    : files
  const commit = await writeOnce()
  await publishIndex(repository, site, tree)
  if (tree !== files) await restoreFiles(repository, site, tree, 'reset')
  return commit

  async function writeOnce(): Promise<string> {
    const earlier = await unrecorded()
    if (earlier?.tree === tree) return earlier.commit
    const written = await writeCommit(repository, { tree, parents: [base], describe })
    if (earlier === null) await perform('adopt-ref', () => moveBranch(repository, site.branch, base, written))
    // Its edits are in the files that were edited further; it stays reachable beside the branch.
    else await placeBranch(repository, site.branch, written)
    return written
  }

  /** What a process adopted on `base` that died before it could record it. */
  async function unrecorded(): Promise<{ readonly commit: string; readonly tree: string } | null> {
    const now = await refs.read(branchRef(site.branch))
    if (now === null || now === base) return null
    const present = await objects.commit(now)
    const isAdoption = isSameStep(present, {
      ...present,
      parents: [base],
      message: formatMessage(describe),
    })
    return isAdoption ? { commit: now, tree: present.tree } : null
  }

  /** Edits that were adopted by a process that died, and undone since. */
  async function withdraw(): Promise<void> {
    if ((await unrecorded()) === null) return
    await placeBranch(repository, site.branch, base)
    await publishIndex(repository, site, baseTree)
  }
}

async function mergedTree(
  repository: Repository,
  { dir }: Site,
  trees: { readonly base: string; readonly ours: string; readonly theirs: string },
): Promise<string> {
  const { tree, conflicts } = await mergeTrees(repository, trees)
  if (conflicts.length === 0) return tree
  throw new GumpError('GUMP-G011', `edits in ${dir} conflict with work that was merged since`, {
    data: { dir, files: conflicts },
    remedy: `undo the edits of ${conflicts.join(', ')} there, and resume again`,
  })
}
