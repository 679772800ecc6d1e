import { constants, type Stats } from 'node:fs'
import { chmod, lstat, mkdir, open, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { GumpError } from '@gump/errors'

import type { Substitutes } from '../contract.js'
import { guardRoot } from './root-guard.js'

/**
 * Puts other contents in the place of files of a worktree. Links are replaced and never followed, neither in the place
 * of a file nor in that of a folder above it.
 *
 * @throws GumpError GUMP-G009 for a path that leads out of the worktree.
 */
export async function substitute(dir: string, files: Substitutes): Promise<void> {
  if (files.size === 0) return
  await guardRoot(dir)
  for (const [path, content] of files) {
    const parts = path.split('/')
    if (parts.some((part) => part === '' || part === '.' || part === '..')) throw outside(dir, path)
    const file = join(dir, path)
    if (content === null) {
      if (await isPlainFolder(dir, parts.slice(0, -1))) await removeFile(file)
      continue
    }
    await makeFolders(dir, parts.slice(0, -1))
    await writeFile(file, content)
  }
}

async function isPlainFolder(dir: string, parts: readonly string[]): Promise<boolean> {
  let folder = dir
  for (const part of parts) {
    folder = join(folder, part)
    if ((await look(folder))?.isDirectory() !== true) return false
  }
  return true
}

async function makeFolders(dir: string, parts: readonly string[]): Promise<void> {
  let folder = dir
  for (const part of parts) {
    folder = join(folder, part)
    const found = await look(folder)
    if (found?.isDirectory() === true) continue
    if (found !== null) await rm(folder, { force: true })
    await mkdir(folder)
  }
}

async function removeFile(file: string): Promise<void> {
  const found = await look(file)
  if (found !== null && !found.isDirectory()) await rm(file, { force: true })
}

async function writeFile(file: string, content: Uint8Array): Promise<void> {
  const found = await look(file)
  const mode = found?.isFile() === true ? found.mode & 0o777 : isProgram(content) ? 0o755 : 0o644
  // Never written into: it may be a hard link to something else.
  if (found !== null) await rm(file, { recursive: true, force: true })
  const handle = await open(
    file,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
    mode,
  )
  try {
    await handle.writeFile(content)
  } finally {
    await handle.close()
  }
  await chmod(file, mode)
}

function isProgram(content: Uint8Array): boolean {
  return content[0] === 0x23 && content[1] === 0x21
}

function look(path: string): Promise<Stats | null> {
  return lstat(path).catch(() => null)
}

function outside(dir: string, path: string): GumpError {
  return new GumpError('GUMP-G009', `${path} is no path inside ${dirname(join(dir, 'x'))}`, {
    data: { dir, path },
  })
}
