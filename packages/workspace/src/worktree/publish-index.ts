import { join } from 'node:path'

import { demandGit } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'
import { copyIndex, fileStamp, keepAsHead } from './index-file.js'
import { type Site, siteCall } from './site.js'

/**
 * Makes the worktree's index, the one that its agents see, the index of HEAD's tree; does nothing when it still is as
 * Gump left it.
 */
export async function publishIndex(repository: Repository, site: Site, headTree: string): Promise<void> {
  const { index, adminDir } = site
  const target = join(adminDir, 'index')
  const unchanged = index.published !== null && index.published === (await fileStamp(target))
  if (unchanged && index.headTree === headTree) return
  await repository.perform('publish-index', async () => {
    if (index.headTree !== headTree) await buildHeadIndex(repository, site, headTree)
    await copyIndex(index.headFile, target)
    index.published = await fileStamp(target)
  })
}

async function buildHeadIndex(repository: Repository, site: Site, headTree: string): Promise<void> {
  const { index } = site
  if (index.tree === headTree) return keepAsHead(index)
  // A merge of one tree keeps what is known about the files that are the same. Only the index is merged (`-i`): git
  // would refuse to drop a file from it that an interrupted attempt kept changing.
  if ((await fileStamp(index.file)) !== null) await copyIndex(index.file, index.headFile)
  await demandGit(['read-tree', '-i', '-m', headTree], siteCall(repository, site, index.headFile))
  index.headTree = headTree
}
