import { type Attempt, lastLaunch, nodeAt, type RunState, segments } from '@gump/history'

/** The commit whose tree the worktree held before an attempt of a step. */
export function contentBefore(state: RunState, path: string, attempt: Attempt): string {
  const attempts = nodeAt(state.root, segments(path)).attempts
  const previous = attempts[attempts.indexOf(attempt) - 1]
  const retry = previous?.retry
  if (previous === undefined || retry === null || retry === undefined) return attempt.base
  if (retry.worktree !== 'keep' || retry.restart_from !== undefined) return attempt.base
  return contentAfter(state, path, previous)
}

/** The commit whose tree an attempt leaves to the next one: a tripped guard undoes its own. */
export function contentAfter(state: RunState, path: string, attempt: Attempt): string {
  const launch = lastLaunch(attempt)
  if (launch?.guard !== null && launch?.guard !== undefined) return contentBefore(state, path, attempt)
  return launch?.snapshot?.commit ?? attempt.base
}
