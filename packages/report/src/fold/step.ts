import { addCost, addTokens, noCost, noTokens } from '../cost.js'
import type { StepReport } from '../report.js'
import { addTurns, noTurns } from '../turns.js'
import { attemptReport, stepStatus } from './attempt.js'
import type { LaunchDraft, StepDraft } from './draft.js'
import type { OwnedTime } from './owned-time.js'

/** An agent worked on code, its work was collected, and no file is another. */
function isUnchanged(type: StepReport['type'], last: LaunchDraft | undefined): boolean {
  return type === 'code' && last !== undefined && last.output !== null && last.snapshot === null
}

/** @param live - the run goes on. */
export function stepReport(draft: StepDraft, key: string, live: boolean, owned: OwnedTime): StepReport {
  const attempts = draft.attempts.map((attempt, n, all) => attemptReport(attempt, all[n + 1], live, owned))
  const own = attempts.filter((attempt) => !attempt.replayed)
  const last = attempts.at(-1)
  const start = draft.attempts.findLast(({ start }) => start.type !== 'agent_launching')?.start
  const started = start?.type === 'step_started' ? start : null
  const completed = draft.attempts.at(-1)?.completed
  const status = stepStatus(last, live)
  return {
    path: draft.path,
    key,
    kind: completed?.kind ?? started?.kind ?? (start === undefined ? 'agent' : 'group'),
    type: started?.step_type ?? null,
    task: started?.task ?? null,
    agent: last?.agent ?? null,
    status,
    reason: status === 'pass' ? null : (last?.reason ?? null),
    maxAttempts: start !== undefined && start.type !== 'agent_launching' ? start.max_attempts : 1,
    attempts,
    replayed: attempts.length > 0 && own.length === 0,
    retries: own.filter((attempt) => attempt.retry !== null).length,
    escalations: own.filter((attempt) => attempt.retry?.escalated === true).length,
    guardTrips: own.flatMap((attempt) => attempt.launches).flatMap((launch) => launch.guards).length,
    turns: own.reduce((sum, attempt) => addTurns(sum, attempt.turns), noTurns),
    cost: own.reduce((sum, attempt) => addCost(sum, attempt.cost), noCost),
    tokens: own.reduce((sum, attempt) => addTokens(sum, attempt.tokens), noTokens),
    durationMs: own.reduce((sum, attempt) => sum + attempt.durationMs, 0),
    gates: last?.gates ?? [],
    items: draft.items,
    stateKeys: draft.keys,
    conflicts: draft.conflicts,
    merged: draft.merged,
    unchanged:
      status === 'pass' && isUnchanged(started?.step_type ?? null, draft.attempts.at(-1)?.launches.at(-1)),
  }
}
