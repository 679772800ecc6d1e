import { basename, join, sep } from 'node:path'

import type { Repository } from '../repository/repository.js'
import { ownRegistration, placeOfRegistration } from './pointer.js'
import { readdir } from '../repository/small-files.js'

/**
 * Where the worktree of this name is: in one of the folders that it is expected in, or where its registration says. Only a
 * folder whose `.git` file leads back to this repository counts; null when there is none.
 */
export async function locateWorktree(
  repository: Repository,
  name: string,
  folders: readonly string[],
): Promise<string | null> {
  for (const folder of folders) {
    const dir = join(folder, name)
    if ((await ownRegistration(repository, dir)) !== null) return dir
  }
  const all = join(repository.commonDir, 'worktrees')
  for (const entry of await readdir(all).catch(() => [])) {
    if (!entry.startsWith(name)) continue
    const place = await placeOfRegistration(join(all, entry))
    if (place === null || basename(place) !== name) continue
    // It was being made when the process died, and is made again at its own place.
    if (place.startsWith(repository.ownDir + sep)) continue
    if ((await ownRegistration(repository, place)) !== null) return place
  }
  return null
}
