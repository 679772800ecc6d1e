import { existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { RepositoryPlace } from './repository-place.js'

/** The largest configuration that is looked at here; git takes any. */
const mostBytes = 256 * 1024

/**
 * Where an ordinary repository around a folder is: a `.git` folder in the top of its working tree, both of this user, in the
 * first format of git's, with nothing in its configuration that could lead elsewhere. Null for everything else, which is for
 * git to find, and to refuse: a repository of another user's for instance.
 *
 * Source: git's `setup.c` (`setup_git_directory_gently_1`, `is_git_directory`, `ensure_valid_ownership`).
 */
export function placeFromFiles(repoPath: string): Omit<RepositoryPlace, 'shared'> | null {
  try {
    const root = topOf(realpathSync(repoPath))
    if (root === null) return null
    const gitDir = join(root, '.git')
    const isOrdinary = areOurs(root, gitDir) && isGitFolder(gitDir) && hasPlainConfiguration(gitDir)
    return isOrdinary ? { root, gitDir, commonDir: gitDir, format: 'sha1', files: true } : null
  } catch {
    return null
  }
}

/** The nearest folder with a `.git`, on this file system; null also where git would take the folder itself for one. */
function topOf(folder: string): string | null {
  const { dev } = statSync(folder)
  for (let at = folder; ; at = dirname(at)) {
    if (statSync(at).dev !== dev) return null
    if (existsSync(join(at, '.git'))) return at
    if (existsSync(join(at, 'HEAD')) && existsSync(join(at, 'objects'))) return null
    if (at === dirname(at)) return null
  }
}

function areOurs(root: string, gitDir: string): boolean {
  const user = process.geteuid?.()
  return statSync(root).uid === user && lstatSync(gitDir).uid === user
}

function isGitFolder(gitDir: string): boolean {
  const isFolder = (path: string): boolean =>
    lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  if (!isFolder(gitDir) || !isFolder(join(gitDir, 'objects')) || !isFolder(join(gitDir, 'refs'))) return false
  if (existsSync(join(gitDir, 'commondir')) || !isSmallFile(join(gitDir, 'HEAD'))) return false
  return /^(?:ref: refs\/.+|[0-9a-f]{40})\n?$/u.test(readFileSync(join(gitDir, 'HEAD'), 'utf8'))
}

function isSmallFile(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  return stats?.isFile() === true && stats.size <= mostBytes
}

/** Format 0, not bare, and no word of what could change what the repository is. */
function hasPlainConfiguration(gitDir: string): boolean {
  const file = join(gitDir, 'config')
  if (!isSmallFile(file)) return false
  const text = readFileSync(file, 'utf8')
  const usual = /^\s*(?:bare = false|repositoryformatversion = 0)$/gmu
  return !/bare|worktree|include|extensions|repositoryformatversion/iu.test(text.replaceAll(usual, ''))
}
