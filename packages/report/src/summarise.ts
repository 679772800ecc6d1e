import {
  allAttempts,
  type DerivedStatus,
  leadsAside,
  nodeAt,
  type Node,
  ownedMs,
  runStatus,
  type RunState,
  segments,
  sessionsOf,
  stepKey,
  walkNodes,
} from '@gump/history'
import type { LedgerEvent } from '@gump/ledger'
import { addCost, type Cost, costOf, noCost, tokensOf } from './cost.js'
import type { RunReport, SpentOn, StepReport } from './report.js'
import { turnsOf } from './turns.js'
import { createHistoryReader, type Details, type HistoryReader } from './view/details.js'
import { stepReport } from './view/step.js'

/** What {@link summarise} cannot see in a ledger. */
export interface SummariseOptions {
  /** From `runStatus` with the state of the owner. Default: nobody owns the run. */
  readonly status?: DerivedStatus
  /**
   * About how many turns are kept in the report, of each launch the first and the last ones. Figures are of all turns.
   * Default: all.
   */
  readonly mostTurns?: number
}

/**
 * {@link summarise} for a ledger that comes in parts, because it may be too large to be held in memory.
 *
 * @example
 * ```ts
 * const report = await summariseParts(readLedgerParts(run.ledgerFile), { mostTurns: 10_000 })
 * ```
 */
export async function summariseParts(
  parts: AsyncIterable<readonly LedgerEvent[]>,
  options: SummariseOptions = {},
): Promise<RunReport> {
  const reader = createHistoryReader(options.mostTurns ?? Number.POSITIVE_INFINITY)
  let first: LedgerEvent | null = null
  for await (const events of parts) {
    first ??= events[0] ?? null
    for (const event of events) reader.push(event)
  }
  return reportOf(reader, first, options)
}

/**
 * The report of a ledger. Costs are exact: the total is the sum over all launches in micro-dollars.
 *
 * @example
 * ```ts
 * const { events } = await readLedger(run.ledgerFile)
 * console.log(renderReportText(summarise(events), { color: false }))
 * ```
 */
export function summarise(events: readonly LedgerEvent[], options: SummariseOptions = {}): RunReport {
  const reader = createHistoryReader(options.mostTurns ?? Number.POSITIVE_INFINITY)
  for (const event of events) reader.push(event)
  return reportOf(reader, events[0] ?? null, options)
}

function reportOf(reader: HistoryReader, first: LedgerEvent | null, options: SummariseOptions): RunReport {
  const { run, details } = reader.read()
  const { started, ended, replay, exceeded, time } = run
  const status = options.status ?? runStatus(run, 'none')
  const steps = stepReports(run, details, status === 'running' || status === 'parked')
  const sum = (value: (step: StepReport) => number): number =>
    steps.reduce((total, step) => total + value(step), 0)
  const id = first?.run_id ?? ''
  const failed = ended === null || ended.status === 'passed' ? null : ended
  return {
    id,
    alias: started?.alias ?? id,
    workflow: started?.workflow.name ?? '',
    spec: started?.spec?.path ?? null,
    status,
    reason: failed === null ? null : (failed.reason ?? run.broke?.reason ?? null),
    failedStep: failed?.step ?? null,
    startedAt: first === null ? null : time.firstMs,
    endedAt: run.endedAt,
    durationMs: ended?.duration_ms ?? ownedMs(time),
    cost: costOf(run.spent),
    spentOn: spentOn(steps),
    tokens: tokensOf(run.spent),
    turns: turnsOf(run.spent),
    attempts: sum((step) => step.attempts.filter((attempt) => !attempt.replayed).length),
    retries: sum((step) => step.retries),
    escalations: sum((step) => step.escalations),
    guardTrips: sum((step) => step.guardTrips),
    resumes: time.resumes,
    sessions: first === null ? [] : sessionsOf(time),
    replayOf:
      replay === null
        ? null
        : { run: replay.from_run, alias: replay.from_alias ?? null, step: replay.from_step },
    limits: run.limits,
    exceeded:
      exceeded === null
        ? null
        : { limit: exceeded.limit, allowed: exceeded.allowed, observed: exceeded.observed },
    gumpVersion: started?.gump_version ?? null,
    branch: started?.branch ?? null,
    baseCommit: started?.base_commit ?? null,
    commit: ended?.commit ?? null,
    steps,
    warnings: details.warnings.map(({ step, code, message }) => ({
      step: step ?? null,
      code: code ?? null,
      message,
    })),
  }
}

/** Every place with an attempt, in the order in which they were first entered. */
function stepReports(run: RunState, details: Details, live: boolean): readonly StepReport[] {
  const entered: { readonly path: string; readonly node: Node; readonly seq: number }[] = []
  walkNodes(run.root, (node, path) => {
    const [first] = allAttempts(node)
    if (first !== undefined) entered.push({ path: path.join('/'), node, seq: first.seq })
  })
  const itemsOf = (path: string): readonly string[] | null => nodeAt(run.root, segments(path)).known.items
  return entered
    .toSorted((a, b) => a.seq - b.seq)
    .map(({ path, node }) => stepReport({ path, key: stepKey(path, itemsOf), node, details, live }))
}

/** The money of all attempts by what came of them. */
function spentOn(steps: readonly StepReport[]): SpentOn {
  const sum = (of: (step: StepReport) => readonly Cost[]): Cost => steps.flatMap(of).reduce(addCost, noCost)
  const inAttempts =
    (aside: boolean, passed?: boolean) =>
    ({ path, attempts }: StepReport): readonly Cost[] =>
      leadsAside(segments(path)) === aside
        ? attempts
            .filter(({ status }) => passed === undefined || (status === 'pass') === passed)
            .map(({ cost }) => cost)
        : []
  return {
    passed: sum(inAttempts(false, true)),
    failed: sum(inAttempts(false, false)),
    validators: sum(inAttempts(true)),
  }
}
