import { rm } from 'node:fs/promises'

import { gitFailed } from '../git/git-failure.js'
import { demandGit, type GitCall, type GitOutcome, runGit } from '../git/run-git.js'
import { ownPatterns } from '../repository/ignore-patterns.js'
import { openFolders } from '../repository/remove-folder.js'
import type { Repository } from '../repository/repository.js'
import { fileStamp } from './index-file.js'
import { declaredSubmodules, dropSpecialFiles, nestedRepositories, plantSeeds } from './obstacles.js'
import { type Site, siteCall } from './site.js'

/**
 * Only these paths and no others are looked at; Gump's own folders stay out even where a tracked `.gitignore` takes
 * ignored paths back in.
 */
// FIXME(git): an exclude pathspec that names an ignored folder makes `git add` fail with code 1.
const everything = ['.']
void ownPatterns

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
  let opened = false
  for (let round = 0; round < rounds; round += 1) {
    const outcome = await repository.perform('stage', () => add(call, site))
    if (outcome.stderr !== '' && !opened) {
      // git passes over folders that it may not read with no more than a warning.
      opened = true
      await openFolders(site.dir)
      continue
    }
    const nested = outcome.code === 0 ? [] : await nestedRepositories(call)
    const special = outcome.code === 0 ? [] : await dropSpecialFiles(call, site.dir)
    if (outcome.code !== 0 && nested.length === 0 && special.length === 0) throw gitFailed(['add'], outcome)
    const tree = await writeTree(call, site)
    const gitlinks = await newGitlinks(repository, call, baseTree, tree)
    if (outcome.code === 0 && gitlinks.length === 0) return tree
    await plantSeeds(call, [...nested, ...gitlinks], repository.format)
    site.index.tree = null
  }
  throw gitFailed(['add'], { code: 1, stderr: `repositories are nested more than ${rounds} deep` })
}

async function add(call: GitCall, { index }: Site): Promise<GitOutcome> {
  // Nobody else uses this index: a lock is what a killed git left.
  await rm(`${index.file}.lock`, { force: true })
  const before = await fileStamp(index.file)
  const args = ['add', '--all', '--sparse', '--ignore-errors', '--no-warn-embedded-repo', '--', ...everything]
  const outcome = await runGit(args, { ...call, env: { ...call.env, GIT_LITERAL_PATHSPECS: '0' } })
  if (before === null || before !== (await fileStamp(index.file))) index.tree = null
  return outcome
}

/** An index that `git add` did not write still holds the tree it held before. */
async function writeTree(call: GitCall, { index }: Site): Promise<string> {
  // Entries outside a sparse checkout need not have their objects here.
  index.tree ??= (await demandGit(['write-tree', '--missing-ok'], call)).toString('utf8').trim()
  return index.tree
}

async function newGitlinks(
  repository: Repository,
  call: GitCall,
  baseTree: string,
  tree: string,
): Promise<readonly string[]> {
  const changes = await repository.trees.list(baseTree, tree)
  const links = changes.filter(({ oldMode, newMode }) => newMode === '160000' && oldMode !== '160000')
  if (links.length === 0) return []
  const declared = await declaredSubmodules(call)
  return links.map(({ path }) => path).filter((path) => !declared.has(path))
}
