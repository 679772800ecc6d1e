import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { GumpError } from '@gump/errors'

import type { RepositoryFacts } from '../contract.js'
import { runGit } from '../git/run-git.js'
import { isRefName } from '../objects/ref-name.js'
import type { Repository } from '../repository/repository.js'

/** Where HEAD is now. */
export interface Head {
  /** null: the branch has no commit yet. */
  readonly commit: string | null
  /** null: detached. */
  readonly branch: string | null
}

export async function readHead({ user }: Repository): Promise<Head> {
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

/** The commit that HEAD stands at, mostly without starting git. */
export async function headCommit(repository: Repository): Promise<string | null> {
  const { files, gitDir, refs } = repository
  const text = files ? await readFile(join(gitDir, 'HEAD'), 'utf8').catch(() => '') : ''
  const ref = /^ref: (refs\/.+)\n$/u.exec(text)?.[1]
  return ref === undefined || !isRefName(ref) ? (await readHead(repository)).commit : refs.read(ref)
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
