import { isGumpError } from '@gump/errors'

import { demandFilteringGit } from '../filters/filtering-git.js'
import { openFolders } from '../repository/remove-folder.js'
import type { Repository } from '../repository/repository.js'
import { type Site, siteCall } from './site.js'

/** Writes a tree into the worktree and its index; tracked files that differ are replaced, others are left alone. */
export async function checkout(repository: Repository, site: Site, tree: string): Promise<void> {
  const { index, dir } = site
  const call = siteCall(repository, site, index.file)
  const args = ['read-tree', '--reset', '-u', tree]
  index.tree = null
  await repository.perform('checkout', () =>
    demandFilteringGit(repository, site, args, call).catch(async (error: unknown) => {
      if (isGumpError(error) && error.code === 'GUMP-G012') throw error
      // A folder that forbids writing is the likeliest reason.
      await openFolders(dir)
      return demandFilteringGit(repository, site, args, call)
    }),
  )
  index.tree = tree
}
