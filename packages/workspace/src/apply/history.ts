import { GumpError } from '@gump/errors'

import type { ApplyRequest } from '../contract.js'
import { gitFailed } from '../git/git-failure.js'
import { splitRecords } from '../git/path-bytes.js'
import { demandGit, runGit } from '../git/run-git.js'
import { parseTrailers } from '../objects/message.js'
import type { Repository } from '../repository/repository.js'

/** Trailer of a squashed commit: the tip of the run branch that went into it. */
export const appliedTrailer = 'Gump-Applied'

export async function isAncestor(repository: Repository, older: string, newer: string): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', older, newer]
  const outcome = await runGit(args, await repository.bare())
  if (outcome.code > 1 || outcome.code < 0) throw gitFailed(args, outcome)
  return outcome.code === 0
}

/**
 * True when `head` already holds the commit because the run changed nothing.
 *
 * @throws GumpError GUMP-G005 when it holds the run's work: merged, or squashed.
 */
export async function demandNotApplied(
  repository: Repository,
  head: string,
  request: ApplyRequest,
): Promise<boolean> {
  const { commit, runId } = request
  const { message } = await repository.objects.commit(commit)
  if (await isAncestor(repository, commit, head)) {
    if (parseTrailers(message)['Gump-Run'] !== runId) return true
    throw alreadyApplied(request, await mergedIn(repository, head, commit))
  }
  const squashed = await findSquashed(repository, head, commit)
  if (squashed !== null) throw alreadyApplied(request, squashed)
  return false
}

/** The commit that brought another into the branch: its merge, or itself where the branch was only moved forward. */
async function mergedIn(repository: Repository, head: string, commit: string): Promise<string> {
  const args = ['rev-list', '--first-parent', '--ancestry-path', '--parents', `${commit}..${head}`]
  const lines = (await demandGit(args, await repository.bare())).toString('utf8').trim().split('\n')
  const [first, parent] = (lines.at(-1) ?? '').split(' ')
  return first === undefined || first === '' || parent === commit ? commit : first
}

async function findSquashed(repository: Repository, head: string, commit: string): Promise<string | null> {
  const args = ['log', '-z', '--format=%H%n%B', '--fixed-strings', `--grep=${appliedTrailer}: ${commit}`]
  const output = await demandGit([...args, head, `^${commit}`], await repository.bare())
  for (const record of splitRecords(output)) {
    const text = record.toString('utf8')
    const end = text.indexOf('\n')
    if (parseTrailers(text.slice(end + 1))[appliedTrailer] === commit) return text.slice(0, end)
  }
  return null
}

/** GUMP-G005, with where the work is. */
export function alreadyApplied({ runId, alias, commit }: ApplyRequest, where: string): GumpError {
  return new GumpError('GUMP-G005', `run ${alias ?? runId} is already applied: its work is in ${where}`, {
    data: { runId, commit, where },
    remedy: 'nothing to do',
  })
}
