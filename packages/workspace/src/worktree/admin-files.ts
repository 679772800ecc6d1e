import { join } from 'node:path'

import { demandGit, type GitCall } from '../git/run-git.js'
import { removeFolder } from '../repository/remove-folder.js'
import type { Repository } from '../repository/repository.js'
import { writeFileAtomically } from '../repository/write-file.js'
import type { Site } from './site.js'
import { lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from '../repository/small-files.js'

/** What git keeps in a worktree's registration while no operation is in progress; see gitrepository-layout(5). */
const lasting = new Set([
  'HEAD',
  'ORIG_HEAD',
  'FETCH_HEAD',
  'COMMIT_EDITMSG',
  'commondir',
  'config.worktree',
  'git-crypt',
  'gitdir',
  'index',
  'info',
  'locked',
  'logs',
  'modules',
  'refs',
  'reftable',
])

/** Where git-crypt keeps its keys. It looks for them in the git folder of a worktree, not of the repository. */
export const keysFolder = 'git-crypt'

type Registered = Pick<Site, 'dir' | 'adminDir' | 'branch' | 'worktreeConfig'>

/**
 * Puts back the files by which git knows a worktree: the `.git` file, its registration and HEAD. An unfinished merge,
 * rebase or bisect and forgotten locks go; no file of the work is touched.
 */
export async function putBackAdminFiles(repository: Repository, site: Registered): Promise<void> {
  const { dir, adminDir, branch, worktreeConfig } = site
  await mkdir(join(adminDir, 'refs'), { recursive: true })
  for (const name of await readdir(adminDir)) {
    if (!lasting.has(name)) await removeFolder(join(adminDir, name))
  }
  await demandFile(join(adminDir, 'commondir'), '../..\n')
  await demandFile(join(adminDir, 'gitdir'), `${join(dir, '.git')}\n`)
  await lock(adminDir)
  if (worktreeConfig === null) await removeFolder(join(adminDir, 'config.worktree'))
  else await demandFile(join(adminDir, 'config.worktree'), worktreeConfig)
  await demandLink(join(dir, '.git'), `gitdir: ${adminDir}\n`)
  await lendKeys(repository, adminDir)
  if (repository.files) {
    await demandFile(join(adminDir, 'HEAD'), `ref: refs/heads/${branch}\n`)
    await removeFolder(join(repository.commonDir, `refs/heads/${branch}.lock`))
  } else {
    await demandGit(['symbolic-ref', 'HEAD', `refs/heads/${branch}`], adminCall(repository, site))
  }
}

/** Makes the `.git` file and the registration name each other again, after one of them was moved. */
export async function relink({ dir, adminDir }: Pick<Site, 'dir' | 'adminDir'>): Promise<void> {
  await demandFile(join(adminDir, 'commondir'), '../..\n')
  await demandFile(join(adminDir, 'gitdir'), `${join(dir, '.git')}\n`)
  await demandLink(join(dir, '.git'), `gitdir: ${adminDir}\n`)
  await lock(adminDir)
}

/** Keeps `git worktree prune` from forgetting a worktree whose folder is not there at the moment. */
async function lock(adminDir: string): Promise<void> {
  const why = "Gump's; gump gc removes it\n"
  await writeFile(join(adminDir, 'locked'), why, { flag: 'wx' }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  })
}

/** Lets the git of a worktree read what the user has unlocked. */
async function lendKeys({ commonDir }: Repository, adminDir: string): Promise<void> {
  const [keys, place] = [join(commonDir, keysFolder), join(adminDir, keysFolder)]
  const wanted = (await lstat(keys).catch(() => null))?.isDirectory() === true ? keys : null
  const found = await readlink(place).catch(() => null)
  if (found === wanted && (wanted !== null || (await lstat(place).catch(() => null)) === null)) return
  await removeFolder(place)
  if (wanted !== null) await symlink(wanted, place)
}

/** A git call inside a worktree's registration, where its HEAD is. */
function adminCall({ common }: Repository, { adminDir }: Registered): GitCall {
  return { ...common, cwd: adminDir, env: { ...common.env, GIT_DIR: adminDir } }
}

/** Makes `file` a regular file with this content, whatever it is now. */
async function demandFile(file: string, content: string): Promise<void> {
  if ((await readSmallFile(file)) === content) return
  // Everything else is replaced by the renaming itself, so that nobody finds the file missing.
  if ((await lstat(file).catch(() => null))?.isDirectory() === true) await removeFolder(file)
  await writeFileAtomically(file, content)
}

/** The same inside a worktree, where a temporary file that a killed process leaves would become part of the work. */
async function demandLink(file: string, content: string): Promise<void> {
  if ((await readSmallFile(file)) === content) return
  await removeFolder(file)
  await writeFile(file, content, { flag: 'wx' })
}

/** Null for what is no regular file, or too large to be one of git's pointers. */
async function readSmallFile(file: string): Promise<string | null> {
  const stats = await lstat(file).catch(() => null)
  return stats?.isFile() === true && stats.size < 65_536 ? readFile(file, 'utf8').catch(() => null) : null
}
