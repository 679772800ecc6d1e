import type { Stats } from 'node:fs'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { encodePath } from '../git/path-bytes.js'
import type { TreeChange } from '../objects/tree-differ.js'
import type { Repository } from '../repository/repository.js'

/** Untracked files at places that a merge fills. */
export interface InTheWay {
  /** These would be lost. */
  readonly blocking: readonly string[]
  /** These may be replaced. */
  readonly expendable: readonly string[]
}

/** Decides about an untracked file at the very place of a new one. */
export type MayReplace = (change: TreeChange) => Promise<boolean>

/** Looks at every place that the changes add a file to; ignored files count like all others. */
export async function findInTheWay(
  { root }: Repository,
  plan: readonly TreeChange[],
  mayReplace: MayReplace,
): Promise<InTheWay> {
  const leaving = new Set(plan.filter(({ newMode }) => newMode === '000000').map(({ path }) => path))
  const leavingFolded = new Map([...leaving].map((path) => [path.toLowerCase(), path]))
  const blocking = new Set<string>()
  const expendable: string[] = []
  const known = new Map<string, Promise<Stats | null>>()
  const look = (path: string): Promise<Stats | null> => {
    const found = known.get(path) ?? lstat(encodePath(join(root, path))).catch(() => null)
    known.set(path, found)
    return found
  }

  for (const change of plan.filter(({ oldMode }) => oldMode === '000000')) {
    const { path } = change
    const obstacle = await fileAbove(path, look)
    if (obstacle !== null) {
      if (!leaving.has(obstacle)) blocking.add(obstacle)
      continue
    }
    const found = await look(path)
    if (found === null) continue
    // Where case does not matter, the file that is found may be the tracked one of another spelling.
    const twin = leavingFolded.get(path.toLowerCase())
    if (twin !== undefined && (await look(twin))?.ino === found.ino) continue
    if (found.isDirectory()) {
      for (const file of await filesBelow(root, path)) if (!leaving.has(file)) blocking.add(file)
    } else if (await mayReplace(change)) expendable.push(path)
    else blocking.add(path)
  }
  return { blocking: [...blocking], expendable }
}

/** The first part of a path that exists and is no folder. */
async function fileAbove(
  path: string,
  look: (path: string) => Promise<Stats | null>,
): Promise<string | null> {
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    const above = path.slice(0, slash)
    const found = await look(above)
    if (found === null) return null
    if (!found.isDirectory()) return above
  }
  return null
}

async function filesBelow(root: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
  const top = join(root, '/')
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(top.length))
}

/** True for a regular file with exactly the bytes that the change brings. */
export async function hasSameBytes(
  repository: Repository,
  tree: string,
  { path, newMode }: TreeChange,
): Promise<boolean> {
  if (!newMode.startsWith('100')) return false
  const file = encodePath(join(repository.root, path))
  const stats = await lstat(file)
  if (!stats.isFile()) return false
  const content = await repository.objects.blobAt(tree, path)
  return content !== null && content.equals(await readFile(file))
}
