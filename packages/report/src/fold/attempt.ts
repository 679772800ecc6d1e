import { addCost, addTokens, noCost, noTokens } from '../cost.js'
import {
  timeOf,
  type AttemptReport,
  type AttemptStatus,
  type GateReport,
  type RetryReport,
  type StepReport,
} from '../report.js'
import { addTurns, noTurns } from '../turns.js'
import type { AttemptDraft, GateDraft } from './draft.js'
import { launchReport } from './launch.js'
import type { OwnedTime } from './owned-time.js'

/**
 * @param next - the attempt after it, once that has begun.
 * @param live - the run goes on.
 */
export function attemptReport(
  draft: AttemptDraft,
  next: AttemptDraft | undefined,
  live: boolean,
  owned: OwnedTime,
): AttemptReport {
  const launches = draft.launches.map((launch) => launchReport(launch, live, draft.lastMs))
  const last = draft.launches.at(-1)
  const agent = last?.launching.agent ?? ('agent' in draft.start ? (draft.start.agent ?? null) : null)
  const startedAt = timeOf(draft.start)
  const status = statusOf(draft, live)
  const gates = draft.gates.map(gateReport)
  const replayed = draft.start.replayed === true
  const own = replayed ? [] : launches
  return {
    replayed,
    round: draft.round,
    attempt: draft.attempt,
    agent,
    status,
    reason: reasonOf(draft, launches.at(-1)?.reason ?? null),
    startedAt,
    endedAt: status === 'running' || status === 'interrupted' ? null : draft.lastMs,
    durationMs: replayed ? 0 : Math.max(0, owned(startedAt, draft.lastMs) - waitedMs(draft, owned)),
    cost: own.reduce((sum, launch) => addCost(sum, launch.cost), noCost),
    tokens: own.reduce((sum, launch) => addTokens(sum, launch.tokens), noTokens),
    turns: own.reduce((sum, launch) => addTurns(sum, launch.turnCount), noTurns),
    launches,
    gates,
    retry: retryReport(draft, next, 'agent' in draft.start ? draft.start.agent : undefined, agent),
    files: last?.snapshot?.files ?? [],
    insertions: last?.snapshot?.insertions ?? 0,
    deletions: last?.snapshot?.deletions ?? 0,
    tasks: last?.output?.tasks ?? null,
    verdict: last?.output?.verdict ?? null,
    comments: last?.output?.comments ?? null,
    outputError: last?.output?.error ?? null,
    people: draft.pauses.map(({ paused, resumed }) => ({
      at: paused.at,
      decision: resumed?.decision ?? null,
      note: resumed?.note ?? null,
    })),
  }
}

/** What a person took to answer is nothing that the step took. */
function waitedMs(draft: AttemptDraft, owned: OwnedTime): number {
  return draft.pauses.reduce(
    (sum, { paused, resumed }) => (resumed === null ? sum : sum + owned(timeOf(paused), timeOf(resumed))),
    0,
  )
}

function statusOf(draft: AttemptDraft, live: boolean): AttemptStatus {
  if (draft.completed !== null) {
    return draft.completed.status === 'fatal' ? 'fail' : draft.completed.status
  }
  if (draft.retry !== null) return 'fail'
  if (draft.pauses.some((pause) => pause.resumed === null)) return 'paused'
  if (!live) return 'interrupted'
  const launch = draft.launches.at(-1)
  return launch !== undefined && launch.parked !== null && !launch.unparked ? 'parked' : 'running'
}

function reasonOf(draft: AttemptDraft, launchReason: string | null): string | null {
  if (draft.completed?.status === 'pass') return null
  return draft.retry?.reason ?? draft.completed?.reason ?? launchReason
}

/**
 * @param named - as the step named it, not what stands in for it.
 * @param agent - who worked on it in the end: a person may have given it to another one.
 */
function retryReport(
  draft: AttemptDraft,
  next: AttemptDraft | undefined,
  named: string | undefined,
  agent: string | null,
): RetryReport | null {
  const { retry } = draft
  if (retry === null) return null
  // A session that was to be kept may have been none, or one that the agent cannot resume.
  const mode = next?.launches[0]?.launching.session_mode
  const changed = retry.agent !== undefined && retry.agent !== agent && retry.agent !== (named ?? agent)
  return {
    nextAttempt: retry.next_attempt,
    cause: retry.cause,
    reason: retry.reason,
    agent: retry.agent ?? null,
    escalated: agent === null ? retry.escalated : changed,
    session: mode === 'new' ? 'new' : retry.session,
    worktree: retry.worktree,
    restartFrom: retry.restart_from ?? null,
    replan: retry.replan ?? null,
  }
}

function gateReport(draft: GateDraft): GateReport {
  const { started, result } = draft
  const ran = result !== null && result.type !== 'gate_skipped' ? result : null
  const at = started ?? result
  return {
    gate: draft.name,
    status:
      result === null
        ? 'running'
        : result.type === 'gate_passed'
          ? 'pass'
          : result.type === 'gate_failed'
            ? 'fail'
            : 'skipped',
    startedAt: at === null ? 0 : timeOf(at),
    durationMs: ran?.duration_ms ?? 0,
    command: started?.command ?? null,
    error: result?.type === 'gate_failed' ? result.error : null,
    detail: result?.type === 'gate_skipped' ? result.reason : (ran?.detail ?? null),
    comments: ran?.comments ?? null,
    log: ran?.log?.path ?? null,
  }
}

/** Status of a step after its last attempt. */
export function stepStatus(last: AttemptReport | undefined, live: boolean): StepReport['status'] {
  if (last === undefined) return live ? 'running' : 'interrupted'
  if (last.status !== 'fail') return last.status
  // A retry was announced: the step is not over, whether or not the next attempt has begun.
  if (last.retry !== null) return live ? 'running' : 'interrupted'
  return 'fatal'
}
