import type { OwnerState } from '@gump/ledger'
import type { Attempt, Node } from './node.js'
import type { RunState } from './state.js'
import { lastAttempt, lastLaunch } from './tree.js'

/** What people see of a run. */
export type DerivedStatus =
  | 'running'
  | 'passed'
  | 'failed'
  | 'paused'
  | 'parked'
  | 'cancelled'
  | 'interrupted'
  | 'unknown'
  /** Its ledger cannot be read; see `ledgerProblem`. */
  | 'unreadable'
  /** Its folder is gone; only git tells that it was there. */
  | 'lost'

/**
 * The status of a run from its history and from whether a live process owns it: a run without a live owner is never `running`,
 * whatever its last line says.
 */
export function runStatus(run: RunState, owner: OwnerState): DerivedStatus {
  if (run.ended !== null) return run.ended.status
  if (owner === 'unknown') return 'unknown'
  if (owner !== 'alive') return 'interrupted'
  const seen = activitiesBelow(run.root, run.time.resumedSeq, new Set())
  if (seen.has('running')) return 'running'
  if (seen.has('paused')) return 'paused'
  return seen.has('parked') ? 'parked' : 'running'
}

type Activity = 'running' | 'paused' | 'parked'

/** What a live owner is doing: anything in flight is `running`; else it may wait for a provider or a person. */
function activitiesBelow(node: Node, since: number, seen: Set<Activity>): ReadonlySet<Activity> {
  const attempt = lastAttempt(node)
  const activity = attempt === null || node.completed !== null ? null : activityOf(attempt, since)
  if (activity !== null) seen.add(activity)
  for (const child of node.children.values()) activitiesBelow(child, since, seen)
  return seen
}

/** @param since - the line that took the run up again: what was in progress before it no longer is. */
function activityOf(attempt: Attempt, since: number): Activity | null {
  const launch = lastLaunch(attempt)
  const isLaunched = launch?.outcome === null && !launch.lost && launch.launching !== null
  const isJudged = attempt.judged.some(({ started, result }) => {
    const begun = started?.seq ?? 0
    return begun > since && begun > (result?.seq ?? 0)
  })
  if (isLaunched || isJudged) return 'running'
  if (Object.values(attempt.pauses).some(({ decision }) => decision === null)) return 'paused'
  if (launch === null || launch.lost || launch.parkedUntil === null || attempt.retry !== null) return null
  return launch.unparked ? 'running' : 'parked'
}
