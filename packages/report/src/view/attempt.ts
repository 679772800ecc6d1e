import {
  agentLaunches,
  type Attempt,
  type GateRun,
  lastLaunch,
  type Spent,
  sumSpent,
  timeOf,
} from '@gump/history'
import { costOf, tokensOf } from '../cost.js'
import type { AttemptReport, AttemptStatus, GateReport, LaunchReport, RetryReport } from '../report.js'
import { turnsOf } from '../turns.js'
import type { Details } from './details.js'
import { launchReport } from './launch.js'

/** What an attempt is seen with. */
export interface AttemptView {
  readonly path: string
  readonly attempt: Attempt
  /** The attempt after it, once that has begun. */
  readonly next: Attempt | undefined
  /** What is on record as its end holds: it was not taken back by a resume. */
  readonly stands: boolean
  readonly details: Details
  /** The run is in progress. */
  readonly live: boolean
}

/** What this run has used for an attempt, without what a replayed one had. */
export function attemptSpent(attempt: Attempt): Spent {
  const own = attempt.launches.filter(({ launching }) => launching?.replayed !== true)
  return sumSpent(own.map(({ spent }) => spent))
}

/** An attempt as reports show it. */
export function attemptReport(view: AttemptView): AttemptReport {
  const { attempt, path, details } = view
  const launches = launchReports(view)
  const last = lastLaunch(attempt)
  const agent = launches.at(-1)?.agent ?? attempt.named
  const status = statusOf(view)
  const spent = attemptSpent(attempt)
  const waited = attempt.lastMs - attempt.startedMs - attempt.waitedMs
  return {
    replayed: attempt.replayed,
    round: attempt.round,
    attempt: attempt.attempt,
    agent,
    status,
    reason: reasonOf(view, launches.at(-1)?.reason ?? null),
    startedAt: attempt.startedAt,
    endedAt: status === 'running' || status === 'interrupted' ? null : attempt.lastAt,
    durationMs: attempt.replayed ? 0 : Math.max(0, waited),
    cost: costOf(spent),
    tokens: tokensOf(spent),
    turns: turnsOf(spent),
    launches,
    gates: attempt.judged.map(gateReport),
    retry: retryReport(view, agent),
    files: last?.snapshot?.files ?? [],
    insertions: last?.snapshot?.insertions ?? 0,
    deletions: last?.snapshot?.deletions ?? 0,
    tasks: last?.output?.tasks ?? null,
    verdict: last?.output?.verdict ?? null,
    comments: last?.output?.comments ?? null,
    outputError: last?.output?.error ?? null,
    waits: attempt.replayed
      ? []
      : details.waitsOf({ step: path, round: attempt.round, attempt: attempt.attempt }),
    people: Object.entries(attempt.pauses).map(([at, { decision, note }]) => ({
      at: at === 'before_gate' ? 'before_gate' : 'after_gate',
      decision,
      note,
    })),
  }
}

/** What a person has edited is shown where the agent's own work was. */
function launchReports({ path, attempt, details, live }: AttemptView): readonly LaunchReport[] {
  const started = agentLaunches(attempt)
  const last = lastLaunch(attempt)
  return started.flatMap((launch) => {
    const { launching } = launch
    if (launching === null) return []
    const snapshot = launch === started.at(-1) && last?.byPerson === true ? last.snapshot : launch.snapshot
    const id = { ...launching, step: path }
    return [launchReport({ launch, launching: id, details, live, lastAt: attempt.lastAt, snapshot })]
  })
}

function statusOf({ attempt, stands, live }: AttemptView): AttemptStatus {
  const { completed, retry, pauses } = attempt
  if (completed !== null && stands) return completed.status === 'fatal' ? 'fail' : completed.status
  if (retry !== null) return 'fail'
  if (Object.values(pauses).some(({ decision }) => decision === null)) return 'paused'
  if (!live) return 'interrupted'
  const launch = agentLaunches(attempt).at(-1)
  return launch !== undefined && launch.parkedUntil !== null && !launch.unparked ? 'parked' : 'running'
}

function reasonOf({ attempt }: AttemptView, launchReason: string | null): string | null {
  const { completed, retry } = attempt
  if (completed?.status === 'pass') return null
  return retry?.reason ?? completed?.reason ?? launchReason
}

/** @param agent - who worked on it in the end: a person may have given it to another one. */
function retryReport({ attempt, next }: AttemptView, agent: string | null): RetryReport | null {
  const { retry, named } = attempt
  if (retry === null) return null
  // A session that was to be kept may have been none, or one that the agent cannot resume.
  const mode = next === undefined ? undefined : agentLaunches(next)[0]?.launching?.session_mode
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

const gateStatus = { gate_passed: 'pass', gate_failed: 'fail', gate_skipped: 'skipped' } as const

function gateReport({ name, started, result }: GateRun): GateReport {
  const ran = result !== null && result.type !== 'gate_skipped' ? result : null
  const durationMs = ran?.duration_ms ?? 0
  // What a gate took lies before its result: it may have had to wait after it was announced.
  const startedAt = ran === null ? (started === null ? 0 : timeOf(started)) : timeOf(ran) - durationMs
  return {
    gate: name,
    status: result === null ? 'running' : gateStatus[result.type],
    startedAt,
    durationMs,
    command: started?.command ?? null,
    error: result?.type === 'gate_failed' ? result.error : null,
    detail: result?.type === 'gate_skipped' ? result.reason : (ran?.detail ?? null),
    comments: ran?.comments ?? null,
    log: ran?.log?.path ?? null,
  }
}
