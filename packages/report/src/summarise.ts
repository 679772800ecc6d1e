import { runStatus, type DerivedStatus, type EventOf, type LedgerEvent, type RunLimits } from '@gump/ledger'
import { addCost, addTokens, noCost, noTokens } from './cost.js'
import { collect } from './fold/collect.js'
import { ownedTime } from './fold/owned-time.js'
import { stepKey } from './fold/step-key.js'
import { stepReport } from './fold/step.js'
import { timeOf, type RunReport, type StepReport } from './report.js'
import { addTurns, noTurns } from './turns.js'

/** What {@link summarise} cannot see in a ledger. */
export interface SummariseOptions {
  /** From `runStatus` with the state of the owner. Default: nobody owns the run. */
  readonly status?: DerivedStatus
}

/**
 * Folds a ledger into a report. Costs are exact: the total is the sum over all launches in micro-dollars.
 *
 * @example
 * ```ts
 * const { events } = await readLedger(run.ledgerFile)
 * console.log(renderReportText(summarise(events), { color: false }))
 * ```
 */
export function summarise(events: readonly LedgerEvent[], options: SummariseOptions = {}): RunReport {
  const status = options.status ?? runStatus(events, 'none')
  const live = status === 'running' || status === 'parked'
  const owned = ownedTime(events)
  const drafts = collect(events)
  const itemsOf = (path: string): readonly string[] | null => drafts.get(path)?.items ?? null
  const steps = [...drafts.values()]
    .filter((draft) => draft.attempts.length > 0)
    .map((draft) => stepReport(draft, stepKey(draft.path, itemsOf), live, owned))

  const start = events.find((event) => event.type === 'run_started')
  const end = lastEnd(events)
  const first = events[0]
  const last = events.at(-1)
  const replay = events.find((event) => event.type === 'replay_started')
  const exceeded = events.findLast((event) => event.type === 'budget_exceeded')
  const sum = (value: (step: StepReport) => number): number =>
    steps.reduce((total, step) => total + value(step), 0)
  return {
    id: first?.run_id ?? '',
    alias: start?.alias ?? first?.run_id ?? '',
    workflow: start?.workflow.name ?? '',
    spec: start?.spec?.path ?? null,
    status,
    reason: end === null || end.status === 'passed' ? null : (end.reason ?? breakerReason(events)),
    failedStep: end === null || end.status === 'passed' ? null : (end.step ?? null),
    startedAt: first === undefined ? null : timeOf(first),
    endedAt: end === null ? null : timeOf(end),
    durationMs:
      end?.duration_ms ??
      (first === undefined || last === undefined ? 0 : owned(timeOf(first), timeOf(last))),
    cost: steps.reduce((total, step) => addCost(total, step.cost), noCost),
    tokens: steps.reduce((total, step) => addTokens(total, step.tokens), noTokens),
    turns: steps.reduce((total, step) => addTurns(total, step.turns), noTurns),
    attempts: sum((step) => step.attempts.filter((attempt) => !attempt.replayed).length),
    retries: sum((step) => step.retries),
    escalations: sum((step) => step.escalations),
    guardTrips: sum((step) => step.guardTrips),
    resumes: events.filter((event) => event.type === 'run_resumed').length,
    sessions: sessionsOf(events),
    replayOf:
      replay === undefined
        ? null
        : { run: replay.from_run, alias: replay.from_alias ?? null, step: replay.from_step },
    limits: limitsOf(events),
    exceeded:
      exceeded === undefined
        ? null
        : { limit: exceeded.limit, allowed: exceeded.allowed, observed: exceeded.observed },
    gumpVersion: start?.gump_version ?? null,
    branch: start?.branch ?? null,
    baseCommit: start?.base_commit ?? null,
    commit: end?.commit ?? null,
    steps,
    warnings: events
      .filter((event) => event.type === 'warning')
      .map(({ step, code, message }) => ({ step: step ?? null, code: code ?? null, message })),
  }
}

/** How the run ended, unless it was resumed after that. */
function lastEnd(events: readonly LedgerEvent[]): EventOf<'run_completed'> | null {
  const last = events.findLast((event) => event.type === 'run_completed' || event.type === 'run_resumed')
  return last?.type === 'run_completed' ? last : null
}

function breakerReason(events: readonly LedgerEvent[]): string | null {
  return events.findLast((event) => event.type === 'circuit_breaker')?.reason ?? null
}

/** Those of the start, raised by every resume that brought new ones. */
function limitsOf(events: readonly LedgerEvent[]): RunLimits {
  return events.reduce<RunLimits>(
    (limits, event) =>
      event.type === 'run_started' || event.type === 'run_resumed' ? { ...limits, ...event.limits } : limits,
    {},
  )
}

function sessionsOf(events: readonly LedgerEvent[]): RunReport['sessions'] {
  const sessions: { startedAt: number; endedAt: number }[] = []
  for (const event of events) {
    const at = timeOf(event)
    const current = sessions.at(-1)
    if (current === undefined || event.type === 'run_resumed') sessions.push({ startedAt: at, endedAt: at })
    else current.endedAt = at
  }
  return sessions
}
