import { join } from 'node:path'

import { filteringGit } from '../filters/filtering-git.js'
import { gitFailed } from '../git/git-failure.js'
import { decodePath, splitRecords } from '../git/path-bytes.js'
import { demandGit, type GitCall, runGit } from '../git/run-git.js'
import type { RestoreMode } from '../contract.js'
import { outFolder } from '../repository/ignore-patterns.js'
import { openFolders } from '../repository/remove-folder.js'
import type { Repository } from '../repository/repository.js'
import { checkOutSubmodules } from '../submodules/check-out-submodules.js'
import { isInPlace } from '../submodules/submodule.js'
import { checkout } from './checkout.js'
import { putBack } from './put-back.js'
import { type Site, siteCall } from './site.js'

/** Cleaning can bring ignore files back that change what is to be cleaned. */
const rounds = 4

/** Brings the files to a commit; HEAD, branch and registration are put back where they belong. */
export async function restore(
  repository: Repository,
  site: Site,
  commit: string,
  mode: RestoreMode,
): Promise<void> {
  const { tree } = await repository.objects.commit(commit)
  await putBack(repository, site)
  await restoreFiles(repository, site, tree, mode)
}

/**
 * Tracked files as in a tree; files that are neither tracked nor ignored are removed, and in `pristine` the ignored
 * ones too. One look at the files is all it takes when there is nothing to do.
 *
 * @throws GumpError GUMP-G001
 */
export async function restoreFiles(
  repository: Repository,
  site: Site,
  tree: string,
  mode: RestoreMode,
): Promise<void> {
  const call = siteCall(repository, site, site.index.file)
  const writeTracked = (): Promise<void> =>
    repository.perform('restore-tracked', () => checkout(repository, site, tree))
  for (let round = 0; round <= rounds; round += 1) {
    // Moving to another tree removes what the one before had; mostly, nothing is left to clean then.
    if (site.index.tree !== tree) await writeTracked()
    const { modified, untracked } = await look(repository, site, call, { tree, mode })
    if (!modified && !untracked) return checkOutSubmodules(repository, site, { tree, mode }, restoreFiles)
    if (modified) await writeTracked()
    if (untracked) await repository.perform('restore-untracked', () => clean(call, site, mode))
  }
  throw gitFailed(['clean'], { code: 1, stderr: 'some files come back or cannot be removed' })
}

/** Asks git what it would do; `git clean` knows best which folders hold only what is to be kept. */
async function look(
  repository: Repository,
  site: Site,
  call: GitCall,
  { tree, mode }: { readonly tree: string; readonly mode: RestoreMode },
): Promise<{ readonly modified: boolean; readonly untracked: boolean }> {
  const [changed, removable] = await Promise.all([
    filteringGit(repository, site, ['ls-files', '--modified', '-z'], call),
    runGit(['clean', '--dry-run', ...cleaning(mode)], call),
  ])
  const { gitlinks } = await repository.landmarks(tree)
  const files: string[] = []
  for (const path of splitRecords(changed.stdout).map(decodePath)) {
    // Where a submodule's HEAD stands cannot be restored from here; that it has a folder can.
    if (!gitlinks.has(path) || !(await isInPlace({ dir: join(site.dir, path) }))) files.push(path)
  }
  return {
    modified: changed.code !== 0 || changed.stderr !== '' || files.length > 0,
    untracked: removable.code !== 0 || removable.stderr !== '' || removable.stdout.length > 0,
  }
}

async function clean(call: GitCall, site: Site, mode: RestoreMode): Promise<void> {
  const args = ['clean', '--quiet', ...cleaning(mode)]
  const { code, stderr } = await runGit(args, call)
  if (code === 0 && stderr === '') return
  await openFolders(site.dir)
  await demandGit(args, call)
}

/** Twice forced: repositories inside the worktree go like any other folder. */
function cleaning(mode: RestoreMode): readonly string[] {
  return ['-ffd', ...(mode === 'pristine' ? ['-x'] : ['-e', `/${outFolder}/`])]
}
