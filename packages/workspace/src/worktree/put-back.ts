import type { Repository } from '../repository/repository.js'
import { putBackAdminFiles } from './admin-files.js'
import { demandIntact } from './intact.js'
import { putBackBranch } from './place-branch.js'
import { publishIndex } from './publish-index.js'
import type { Site } from './site.js'

/**
 * Undoes what was done to the worktree as a worktree: its `.git` file, registration, HEAD, branch and index are as Gump
 * left them, unfinished merges are forgotten. The files stay.
 *
 * @throws GumpError GUMP-G016 when the folder is not the one that was opened, or no worktree any more.
 */
export async function putBack(repository: Repository, site: Site): Promise<void> {
  await demandIntact(repository, site)
  await repository.perform('put-back', () => putBackAdminFiles(repository, site))
  const head = await putBackBranch(repository, site.branch)
  const { tree } = await repository.objects.commit(head)
  await publishIndex(repository, site, tree)
}
