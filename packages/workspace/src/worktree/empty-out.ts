import { join } from 'node:path'

import { outFolder } from '../repository/ignore-patterns.js'
import { removeFolder } from '../repository/remove-folder.js'
import type { Repository } from '../repository/repository.js'
import { demandIntact } from './intact.js'
import type { Site } from './site.js'
import { lstat, mkdir, readdir } from '../repository/small-files.js'

/** Leaves an empty folder `.gump/out`; links and files in its place are removed, never followed. */
export async function emptyOut(repository: Repository, site: Site): Promise<void> {
  const { dir } = site
  await repository.perform('empty-out', async () => {
    await demandIntact(repository, site)
    let folder = dir
    for (const name of outFolder.split('/')) {
      folder = join(folder, name)
      const stats = await lstat(folder).catch(() => null)
      if (stats?.isDirectory() === false) await removeFolder(folder)
      if (stats?.isDirectory() !== true) await mkdir(folder)
    }
    if ((await isEmpty(folder)) === false) await removeFolder(folder)
    await mkdir(folder, { recursive: true })
  })
}

async function isEmpty(folder: string): Promise<boolean> {
  return readdir(folder).then(
    (names) => names.length === 0,
    () => false,
  )
}
