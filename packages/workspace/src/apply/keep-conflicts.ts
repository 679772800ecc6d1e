import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { ApplyMode } from '../contract.js'
import { gitFailed } from '../git/git-failure.js'
import { decodePath, splitRecords } from '../git/path-bytes.js'
import { demandGit, runGit } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'

const quiet = [
  '--quiet',
  '--no-edit',
  '--no-stat',
  '--no-log',
  '--no-autostash',
  '--no-verify',
  '--no-gpg-sign',
]

/**
 * Starts an ordinary git merge and leaves it to the user: conflict markers in the files, MERGE_HEAD (not for a squash)
 * and the prepared message. Returns the files with conflicts.
 *
 * @throws GumpError GUMP-G001 when git refuses before it starts.
 */
export async function keepConflicts(
  repository: Repository,
  request: { readonly commit: string; readonly mode: ApplyMode; readonly message: string },
): Promise<readonly string[]> {
  const { user, gitDir, perform } = repository
  const shape =
    request.mode === 'squash' ? ['--squash', '--ff'] : ['--no-squash', '--no-ff', '-m', request.message]
  const args = ['merge', ...quiet, '--no-commit', '-s', 'ort', ...shape, request.commit]
  const outcome = await perform('apply-conflicts', () => runGit(args, user))
  if (outcome.code !== 0 && outcome.code !== 1) throw gitFailed(args, outcome)
  // git adds a list of conflicts as comments, which would take the trailers' place at the end of the message.
  const [mine, other] =
    request.mode === 'squash'
      ? (['SQUASH_MSG', 'MERGE_MSG'] as const)
      : (['MERGE_MSG', 'SQUASH_MSG'] as const)
  await writeFile(join(gitDir, mine), request.message)
  await rm(join(gitDir, other), { force: true })
  const unmerged = await demandGit(['diff', '--name-only', '--diff-filter=U', '-z'], user)
  return splitRecords(unmerged).map(decodePath)
}
