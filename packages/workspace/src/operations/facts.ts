import { join } from 'node:path'

import { GumpError } from '@gump/errors'

import type { RepositoryFacts } from '../contract.js'
import { runGit } from '../git/run-git.js'
import { isObjectId } from '../objects/object-reader.js'
import { readRefFile } from '../objects/ref-files.js'
import { isRefName } from '../objects/ref-name.js'
import type { Repository } from '../repository/repository.js'
import { lstat, readFile } from '../repository/small-files.js'

/** Where HEAD is now. */
export interface Head {
  /** null: the branch has no commit yet. */
  readonly commit: string | null
  /** null: detached. */
  readonly branch: string | null
}

/** Mostly without starting git: a branch with a commit, or a detached HEAD, shows in two files. */
export async function readHead(repository: Repository): Promise<Head> {
  return (repository.files ? await headFromFiles(repository) : null) ?? askForHead(repository)
}

async function headFromFiles({ gitDir, commonDir }: Repository): Promise<Head | null> {
  const file = join(gitDir, 'HEAD')
  // Old repositories have a symbolic link there, which leads to what looks like a detached HEAD.
  const isLink = await lstat(file).then(
    (stats) => stats.isSymbolicLink(),
    () => true,
  )
  if (isLink) return null
  const text = (await readFile(file, 'utf8').catch(() => '')).replace(/\n$/u, '')
  if (isObjectId(text)) return { commit: text, branch: null }
  const branch = /^ref: refs\/heads\/(.+)$/u.exec(text)?.[1]
  if (branch === undefined || !isRefName(`refs/heads/${branch}`)) return null
  const commit = await readRefFile(commonDir, `refs/heads/${branch}`)
  return commit === null ? null : { commit, branch }
}

async function askForHead({ user }: Repository): Promise<Head> {
  const [commit, branch] = await Promise.all([
    runGit(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], user),
    runGit(['symbolic-ref', '--quiet', 'HEAD'], user),
  ])
  const ref = branch.code === 0 ? branch.stdout.toString('utf8').trim() : null
  return {
    commit: commit.code === 0 ? commit.stdout.toString('utf8').trim() : null,
    branch: ref === null ? null : ref.replace(/^refs\/heads\//u, ''),
  }
}

/** @throws GumpError GUMP-P002 when HEAD has no commit. */
export async function facts(repository: Repository): Promise<RepositoryFacts> {
  const { root, commonDir } = repository
  const { commit, branch } = await readHead(repository)
  if (commit !== null) return { root, commonDir, head: commit, branch }
  throw new GumpError('GUMP-P002', `${root} has no commit${branch === null ? '' : ` on ${branch}`}`, {
    data: { root, branch },
    remedy: 'make a first commit',
  })
}
