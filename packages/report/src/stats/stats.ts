import type { Advice, Worth } from '@gump/advice'
import { addCost, noCost, type Cost } from '../cost.js'
import type { RunReport } from '../report.js'
import { meanCost } from './mean-cost.js'
import { quantile } from './quantile.js'
import { wilson, type Rate } from './wilson.js'

/** What many runs say together. */
export interface RunStats {
  readonly runs: number
  /** Runs that are running, paused, interrupted or cancelled: they count in no rate and in no mean. */
  readonly openRuns: number
  /** Of the runs that passed or failed. */
  readonly passRate: Rate
  /** Of all runs: it was spent. */
  readonly cost: Cost
  /** Of whole finished runs, without replays; null, like every mean of costs: a part has no price. */
  readonly meanRunMicroUsd: number | null
  readonly medianRunDurationMs: number | null
  readonly retries: number
  readonly escalations: number
  readonly guardTrips: number
  /** Code steps that passed without changing a file. */
  readonly unchangedSteps: number
  /** What the user takes a passed task and an hour to be worth; null: they have not said. */
  readonly worth: Worth | null
  /** For each agent step: who passes after which failures, and which ladder is best. */
  readonly advice: readonly Advice[]
}

/** What {@link stats} does not see in reports. */
export interface StatsOptions {
  readonly worth?: Worth | null
  readonly advice?: readonly Advice[]
}

/** Statistics over the reports of several runs, of one workflow or many. */
export function stats(reports: readonly RunReport[], options: StatsOptions = {}): RunStats {
  const decided = reports.filter(({ status }) => status === 'passed' || status === 'failed')
  const whole = decided.filter(({ replayOf }) => replayOf === null)
  return {
    runs: reports.length,
    openRuns: reports.length - decided.length,
    passRate: wilson(decided.filter((report) => report.status === 'passed').length, decided.length),
    cost: reports.reduce((sum, report) => addCost(sum, report.cost), noCost),
    meanRunMicroUsd: meanCost(whole),
    medianRunDurationMs: quantile(
      whole.map((report) => report.durationMs),
      0.5,
    ),
    retries: total(reports, (report) => report.retries),
    escalations: total(reports, (report) => report.escalations),
    guardTrips: total(reports, (report) => report.guardTrips),
    unchangedSteps: total(reports, (report) => report.steps.filter((step) => step.unchanged).length),
    worth: options.worth ?? null,
    advice: options.advice ?? [],
  }
}

function total(reports: readonly RunReport[], value: (report: RunReport) => number): number {
  return reports.reduce((sum, report) => sum + value(report), 0)
}
