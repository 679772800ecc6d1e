import { demandKnownFilters } from '../filters/demand-known-filters.js'
import { filteringGit } from '../filters/filtering-git.js'
import { gitFailed } from '../git/git-failure.js'
import { joinRecords } from '../git/path-bytes.js'
import { demandGit, type GitCall, type GitOutcome, runGit } from '../git/run-git.js'
import { isOwnPath } from '../repository/ignore-patterns.js'
import { gitlinkMode } from '../objects/landmarks.js'
import type { TreeChange } from '../objects/tree-differ.js'
import { openFolders } from '../repository/remove-folder.js'
import type { Repository } from '../repository/repository.js'
import { hideLinks, writeLinks } from '../submodules/index-links.js'
import { recordSubmodules, type RecordedLinks } from '../submodules/record-submodules.js'
import { fileStamp } from './index-file.js'
import { dropSpecialFiles, nestedRepositories, plantSeeds } from './obstacles.js'
import { type Site, siteCall } from './site.js'
import { rm } from '../repository/small-files.js'

/** Nested repositories inside nested repositories, and so on, at most this deep. */
const rounds = 16

/**
 * Brings the index up to the files of the worktree and returns their tree. `baseTree` tells gitlinks that were there
 * before from repositories that were made inside the worktree; files of the latter are recorded as plain files.
 *
 * @throws GumpError GUMP-G001 naming what git could not record.
 */
export async function stage(repository: Repository, site: Site, baseTree: string): Promise<string> {
  const call = siteCall(repository, site, site.index.file)
  const links = await recordSubmodules(repository, site, baseTree, stage)
  let opened = false
  let rebuilt = false
  for (let round = 0; round < rounds; round += 1) {
    const outcome = await repository.perform('stage', async () => {
      // Nobody else uses this index: a lock is what a killed git left.
      await rm(`${site.index.file}.lock`, { force: true })
      await hideLinks(repository, site, call)
      const added = await add(repository, site, call)
      await writeLinks(site, call, links)
      return added
    })
    if (outcome.stderr !== '' && !opened) {
      // git passes over folders that it may not read with no more than a warning.
      opened = true
      await openFolders(site.dir)
      continue
    }
    const nested = outcome.code === 0 ? [] : await nestedRepositories(call)
    const special = outcome.code === 0 ? [] : await dropSpecialFiles(repository, site, call)
    if (outcome.code !== 0 && nested.length === 0 && special.length === 0) throw gitFailed(['add'], outcome)
    const tree = await writeTree(call, site)
    if (tree === null) {
      // An object is gone that the index takes for granted; reading every file again rewrites it.
      if (rebuilt) throw gitFailed(['write-tree'], { code: 1, stderr: 'objects of the index are missing' })
      rebuilt = true
      await rm(site.index.file, { force: true })
      continue
    }
    const changes = await repository.trees.list(baseTree, tree)
    const own = changes.filter(({ path }) => isOwnPath(path))
    if (own.length > 0) await takeBack(call, site, own)
    const gitlinks = strangers(changes, links)
    if (outcome.code === 0 && gitlinks.length === 0) {
      await demandKnownFilters(repository, site, changes)
      return (await writeTree(call, site)) ?? tree
    }
    await plantSeeds(call, [...nested, ...gitlinks], repository.format)
    site.index.tree = null
  }
  throw gitFailed(['add'], { code: 1, stderr: `repositories are nested more than ${rounds} deep` })
}

async function add(repository: Repository, site: Site, call: GitCall): Promise<GitOutcome> {
  const { index } = site
  const before = await fileStamp(index.file)
  const args = ['add', '--all', '--sparse', '--ignore-errors', '--no-warn-embedded-repo', '--', '.']
  const outcome = await filteringGit(repository, site, args, call)
  if (before === null || before !== (await fileStamp(index.file))) index.tree = null
  return outcome
}

/** An index that `git add` did not write still holds the tree it held before. Null: an object of it is missing. */
async function writeTree(call: GitCall, { index, sparse }: Site): Promise<string | null> {
  if (index.tree === null) {
    // What is outside a sparse checkout need not be here.
    const { code, stdout } = await runGit(['write-tree', ...(sparse ? ['--missing-ok'] : [])], call)
    index.tree = code === 0 ? stdout.toString('utf8').trim() : null
  }
  return index.tree
}

/** Repositories that were made inside the worktree and are no submodules. */
function strangers(changes: readonly TreeChange[], links: RecordedLinks): readonly string[] {
  return changes
    .filter(({ path, newMode }) => newMode === gitlinkMode && !links.has(path) && !isOwnPath(path))
    .map(({ path }) => path)
}

/**
 * Undoes changes in the index. Gump's own folders are ignored, but a tracked `.gitignore` can take them back in, and
 * `git add` fails when an ignored folder is named to it, even as one to leave out.
 */
async function takeBack(call: GitCall, { index }: Site, changes: readonly TreeChange[]): Promise<void> {
  const records = changes.map(
    ({ path, oldMode, oldOid }) => `${oldMode === '000000' ? '0' : oldMode} ${oldOid}\t${path}`,
  )
  await demandGit(['update-index', '-z', '--index-info'], { ...call, input: joinRecords(records) })
  index.tree = null
}
