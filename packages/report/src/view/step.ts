import { agentLaunches, allAttempts, type Attempt, lastLaunch, type Node, sumSpent } from '@gump/history'
import { costOf, tokensOf } from '../cost.js'
import type { AttemptReport, StepReport } from '../report.js'
import { turnsOf } from '../turns.js'
import { attemptReport, attemptSpent } from './attempt.js'
import type { Details } from './details.js'

/** What a step is seen with. */
export interface StepView {
  readonly path: string
  readonly key: string
  readonly node: Node
  readonly details: Details
  /** The run is in progress. */
  readonly live: boolean
}

/** A step as reports show it, with its attempts of all rounds. */
export function stepReport({ path, key, node, details, live }: StepView): StepReport {
  const all = allAttempts(node)
  const current = node.attempts.at(-1)
  const attempts = all.map((attempt, n) => {
    const stands = attempt !== current || node.completed !== null
    return attemptReport({ path, attempt, next: all[n + 1], stands, details, live })
  })
  const own = attempts.filter((attempt) => !attempt.replayed)
  const latest = all.at(-1)
  const last = attempts.at(-1)
  const spent = sumSpent(all.map(attemptSpent))
  const status = stepStatus(last, live)
  return {
    path,
    key,
    kind: latest?.completed?.kind ?? latest?.kind ?? 'agent',
    type: latest?.stepType ?? null,
    task: latest?.task ?? null,
    agent: last?.agent ?? null,
    status,
    reason: status === 'pass' ? null : (last?.reason ?? null),
    maxAttempts: latest?.maxAttempts ?? 1,
    attempts,
    replayed: attempts.length > 0 && own.length === 0,
    retries: own.filter((attempt) => attempt.retry !== null).length,
    escalations: own.filter((attempt) => attempt.retry?.escalated === true).length,
    guardTrips: own.flatMap((attempt) => attempt.launches).flatMap((launch) => launch.guards).length,
    turns: turnsOf(spent),
    cost: costOf(spent),
    tokens: tokensOf(spent),
    durationMs: own.reduce((sum, attempt) => sum + attempt.durationMs, 0),
    gates: last?.gates ?? [],
    items: node.known.items,
    stateKeys: node.known.keys,
    conflicts: node.known.conflicts,
    merged: node.known.merged,
    unchanged: status === 'pass' && latest !== undefined && isUnchanged(latest),
  }
}

/** Status of a step after its last attempt. */
function stepStatus(last: AttemptReport | undefined, live: boolean): StepReport['status'] {
  if (last === undefined) return live ? 'running' : 'interrupted'
  if (last.status !== 'fail') return last.status
  // A retry was announced: the step is not over, whether or not the next attempt has begun.
  if (last.retry !== null) return live ? 'running' : 'interrupted'
  return 'fatal'
}

/** An agent worked on code, its work was collected, and no file is another. */
function isUnchanged(attempt: Attempt): boolean {
  const last = lastLaunch(attempt)
  const worked = agentLaunches(attempt).length > 0
  return attempt.stepType === 'code' && worked && last?.output != null && last.snapshot === null
}
