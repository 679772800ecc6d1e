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
import { readdir } from '../repository/small-files.js'

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

/**
 * Asks git what it would do. One list shows whether anything is changed or untracked at all; which folders hold only what
 * is to be kept, `git clean` knows best.
 */
async function look(
  repository: Repository,
  site: Site,
  call: GitCall,
  { tree, mode }: { readonly tree: string; readonly mode: RestoreMode },
): Promise<{ readonly modified: boolean; readonly untracked: boolean }> {
  const ignored = mode === 'pristine' ? [] : ['--exclude-standard', '--exclude', `/${outFolder}/`]
  const seen = await filteringGit(
    repository,
    site,
    ['ls-files', '-t', '--modified', '--others', '--directory', ...ignored, '-z'],
    call,
  )
  const unclear = seen.code !== 0 || seen.stderr !== ''
  const { gitlinks } = await repository.landmarks(tree)
  let modified = unclear
  let others = unclear
  for (const record of splitRecords(seen.stdout)) {
    const path = decodePath(record.subarray(2))
    if (record[0] === untrackedTag) others ||= mode === 'pristine' || !(await holdsResults(site.dir, path))
    // Where a submodule's HEAD stands cannot be restored from here; that it has a folder can.
    else if (!gitlinks.has(path) || !(await isInPlace({ dir: join(site.dir, path) }))) modified = true
  }
  return { modified, untracked: others && (await hasRemovable(call, mode)) }
}

/** True for the folder around {@link outFolder} with nothing else in it: it is listed, and it stays. */
async function holdsResults(dir: string, path: string): Promise<boolean> {
  const [own = '', out = ''] = outFolder.split('/')
  if (path !== `${own}/`) return false
  const entries = await readdir(join(dir, own), { withFileTypes: true }).catch(() => [])
  return entries.length === 1 && entries.every((entry) => entry.name === out && entry.isDirectory())
}

async function hasRemovable(call: GitCall, mode: RestoreMode): Promise<boolean> {
  const removable = await runGit(['clean', '--dry-run', ...cleaning(mode)], call)
  return removable.code !== 0 || removable.stderr !== '' || removable.stdout.length > 0
}

async function clean(call: GitCall, site: Site, mode: RestoreMode): Promise<void> {
  const args = ['clean', '--quiet', ...cleaning(mode)]
  const { code, stderr } = await runGit(args, call)
  if (code === 0 && stderr === '') return
  await openFolders(site.dir)
  await demandGit(args, call)
}

/** `ls-files -t` marks what is not in the index with a question mark. */
const untrackedTag = 0x3f

/** Twice forced: repositories inside the worktree go like any other folder. */
function cleaning(mode: RestoreMode): readonly string[] {
  return ['-ffd', ...(mode === 'pristine' ? ['-x'] : ['-e', `/${outFolder}/`])]
}
