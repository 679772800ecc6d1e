import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

const MAX_DEPTH = 6
const SKIPPED = new Set(['.git', '.gump'])

/** Folders of this name below a folder, relative to it: not those within one another, nor behind links. */
export async function installedFolders(root: string, below: string, name: string): Promise<string[]> {
  const found: string[] = []
  const search = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      if (!entry.isDirectory() || SKIPPED.has(entry.name)) continue
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.name === name) found.push(path)
      else if (depth < MAX_DEPTH && entry.name !== 'node_modules') await search(path, depth + 1)
    }
  }
  // Other tools than Node's install into one folder only.
  if (name === 'node_modules') await search(below, 0)
  else {
    const path = below === '' ? name : `${below}/${name}`
    const there = await lstat(join(root, path)).catch(() => null)
    if (there?.isDirectory() === true) found.push(path)
  }
  return found
}

/** Bytes of all files of folders, links not followed. */
export async function folderBytes(folders: readonly string[]): Promise<number> {
  let bytes = 0
  const add = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) await add(path)
      else if (entry.isFile()) bytes += (await lstat(path).catch(() => null))?.size ?? 0
    }
  }
  for (const folder of folders) await add(folder)
  return bytes
}
