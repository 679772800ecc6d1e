import { basename, dirname, join, resolve } from 'node:path'

import type { Repository } from '../repository/repository.js'
import { readdir, readFile } from '../repository/small-files.js'

/**
 * The tops of all working trees, from the files that git keeps about them: the one that Gump was called in, the one
 * around the common `.git`, and what is registered. Some may be gone.
 */
export async function workingTrees({ root, commonDir }: Repository): Promise<readonly string[]> {
  const all = join(commonDir, 'worktrees')
  const registered = await Promise.all(
    (await readdir(all).catch(() => [])).map(async (name) => {
      const text = await readFile(join(all, name, 'gitdir'), 'utf8').catch(() => '')
      return text === '' ? [] : [dirname(resolve(all, name, text.replace(/\n$/u, '')))]
    }),
  )
  const main = basename(commonDir) === '.git' ? [dirname(commonDir)] : []
  return [...new Set([root, ...main, ...registered.flat()])]
}
