import { basename, dirname, join } from 'node:path'

import { isSystemError } from '@gump/errors'

import { exists } from '../repository/exists.js'
import { removeFolder } from '../repository/remove-folder.js'
import type { Repository } from '../repository/repository.js'
import { mkdir, readFile, rename, writeFile } from '../repository/small-files.js'

/** More registrations of one name than these are left to git. */
const mostNames = 100

/**
 * Registers a worktree as `git worktree add` does, without starting git: its folder is made complete at a place of Gump's
 * and then moved to where git looks, so that no git sees it half-made. Null where git does more than that: with a
 * configuration for each worktree, a sparse checkout, shared permissions, or refs that are no files.
 */
export async function writeRegistration(
  repository: Repository,
  { dir, place, commit }: { readonly dir: string; readonly place: string; readonly commit: string },
): Promise<string | null> {
  if (await isLeftToGit(repository)) return null
  const made = `${place}.registration`
  await removeFolder(made)
  await mkdir(join(made, 'refs'), { recursive: true })
  await writeFile(join(made, 'commondir'), '../..\n')
  await writeFile(join(made, 'gitdir'), `${join(dir, '.git')}\n`)
  await writeFile(join(made, 'HEAD'), `${commit}\n`)
  const all = join(repository.commonDir, 'worktrees')
  await mkdir(all, { recursive: true })
  for (let n = 0; n < mostNames; n += 1) {
    const adminDir = join(all, `${basename(dir)}${n === 0 ? '' : n}`)
    if (!(await exists(adminDir)) && (await moveTo(made, adminDir))) return adminDir
  }
  await removeFolder(dirname(made))
  return null
}

async function isLeftToGit({ commonDir, files, shared, configuration }: Repository): Promise<boolean> {
  if (!files || shared !== null) return true
  const config = await readFile(join(commonDir, 'config'), 'utf8').catch(() => 'worktreeConfig')
  return /worktreeconfig/iu.test(config) || (await configuration.known()).isTrue('core.sparseCheckout')
}

/** False when another process was faster. */
async function moveTo(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (isSystemError(error) && ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(error.code)) return false
    throw error
  }
}
