import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import { access, chmod, constants, lstat, mkdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'

import { GumpError } from '@gump/errors'

/** For whom a folder of worktrees is looked for. */
export interface WorktreesFolderRequest {
  /** Top of the user's working tree, and the `.git` folder that all worktrees share. */
  readonly repository: { readonly root: string; readonly commonDir: string }
  readonly home: string
  /** What the user's configuration says, relative to the repository; null: nothing. */
  readonly wanted: string | null
}

/** Where the worktrees of a repository go. */
export interface WorktreesFolder {
  readonly dir: string
  readonly from: 'beside' | 'home' | 'user'
}

/**
 * Chooses the folder for the worktrees of a repository: beside the checkout, where test runners and linters that look through
 * the checkout do not find them, and clones of files are cheap; below the home folder where that cannot be trusted or is
 * part of something else. Makes nothing.
 *
 * @throws GumpError GUMP-G017 for a folder that cannot be used.
 */
export async function chooseWorktreesFolder(request: WorktreesFolderRequest): Promise<WorktreesFolder> {
  const { repository, home, wanted } = request
  const { root, commonDir } = repository
  if (wanted !== null) {
    const dir = resolve(root, wanted)
    for (const [inner, what] of [
      [root, 'holds the repository'],
      [home, 'holds your home folder'],
    ] as const) {
      if (isWithin(dir, inner)) throw unusable(dir, what)
    }
    if (isWithin(commonDir, dir)) throw unusable(dir, 'is inside the .git folder')
    await refuseOther(dir)
    return { dir, from: 'user' }
  }
  const name = nameOf(root)
  const beside = join(dirname(root), `${name}.gump`)
  if (await isGoodParent(dirname(root), root)) {
    await refuseOther(beside)
    if ((await entry(join(beside, '.git'))) === null) return { dir: beside, from: 'beside' }
  }
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 8)
  const dir = join(home, 'gump-worktrees', `${name}-${hash}`)
  await refuseOther(dirname(dir))
  await refuseOther(dir)
  return { dir, from: 'home' }
}

/**
 * Makes the folder, for its owner alone. A folder that the user made and named is left as it is.
 *
 * @throws GumpError GUMP-G017
 */
export async function makeWorktreesFolder({ dir, from }: WorktreesFolder): Promise<void> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await refuseOther(dir)
    if (from === 'user') return
    const { mode } = await stat(dir)
    if ((mode & 0o077) !== 0) await chmod(dir, 0o700)
  } catch (cause) {
    if (cause instanceof GumpError) throw cause
    throw unusable(dir, `cannot be made: ${cause instanceof Error ? cause.message : String(cause)}`, cause)
  }
}

/** Nobody else can put something there, it is on the disk of the repository, and no other repository holds it. */
async function isGoodParent(parent: string, root: string): Promise<boolean> {
  // The top of the file system is its own parent.
  if (parent === root) return false
  const [stats, own] = await Promise.all([stat(parent), stat(root)])
  const me = process.getuid?.()
  if (stats.dev !== own.dev || (stats.mode & 0o022) !== 0) return false
  if (me !== undefined && stats.uid !== me && stats.uid !== 0) return false
  const writable = await access(parent, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  return writable && !(await isInRepository(parent))
}

async function isInRepository(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    if ((await entry(join(at, '.git'))) !== null) return true
    if (at === dirname(at)) return false
  }
}

/** Servers and test runners pass over folders whose name begins with a dot. */
function nameOf(root: string): string {
  return basename(root).replace(/^\.+/u, '') || 'repository'
}

/** A link would be followed, a file cannot hold anything, and another user's folder is not ours to fill. */
async function refuseOther(dir: string): Promise<void> {
  const stats = await entry(dir)
  if (stats === null) return
  if (stats.isSymbolicLink())
    throw unusable(dir, `is a link to ${await realpath(dir).catch(() => 'nowhere')}`)
  if (!stats.isDirectory()) throw unusable(dir, 'is no folder')
  const me = process.getuid?.()
  if (me !== undefined && stats.uid !== me) throw unusable(dir, 'belongs to another user')
}

function entry(path: string): Promise<Stats | null> {
  return lstat(path).catch(() => null)
}

function isWithin(folder: string, path: string): boolean {
  return folder === path || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

function unusable(dir: string, what: string, cause?: unknown): GumpError {
  return new GumpError('GUMP-G017', `the folder for worktrees, ${dir}, ${what}`, {
    data: { dir },
    ...(cause === undefined ? {} : { cause }),
  })
}
