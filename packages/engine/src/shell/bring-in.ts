import { constants, existsSync, lstatSync } from 'node:fs'
import { cp, mkdir, realpath, rename, rm } from 'node:fs/promises'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'

/**
 * Brings a file or folder of the user's checkout into a worktree, as a copy that shares its blocks where the file system
 * can: what happens to it there never reaches the user. False when there is nothing to bring, or when it is there.
 */
export async function bringIn(root: string, dir: string, path: string): Promise<boolean> {
  const source = resolve(root, path)
  const target = resolve(dir, path)
  if (!source.startsWith(root + sep) || !existsSync(source) || isThere(target)) return false
  // A folder of the repository can be a link to anywhere, and what it leads to was not meant.
  if (!(await isInside(root, dirname(source)))) return false
  await mkdir(dirname(target), { recursive: true })
  if (!(await isInside(dir, dirname(target)))) return false
  // What an interrupted copy has left is not taken for the whole.
  const partial = `${target}.gump-partial`
  await rm(partial, { recursive: true, force: true })
  await cp(source, partial, {
    recursive: true,
    verbatimSymlinks: true,
    preserveTimestamps: true,
    mode: constants.COPYFILE_FICLONE,
  })
  await rename(partial, target)
  return true
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** A folder of the project can be a link to anywhere. */
async function isInside(dir: string, folder: string): Promise<boolean> {
  const path = relative(await realpath(dir), await realpath(folder))
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
}
