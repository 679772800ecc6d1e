import { addCost, noCost, type Cost } from '../cost.js'
import type { RunReport } from '../report.js'
import { escalationPayOff, type EscalationStats } from './escalation.js'
import { recommendLadders, type Ladder } from './ladder.js'
import { groupBy, observations, type Observation } from './observations.js'
import { meanCost } from './mean-cost.js'
import { quantile } from './quantile.js'
import { wilson, type Rate } from './wilson.js'

/** What many runs say together. */
export interface RunStats {
  readonly runs: number
  /** Of the runs that passed or failed. */
  readonly passRate: Rate
  readonly cost: Cost
  /** null, like every mean of costs: a part has no price. */
  readonly meanRunMicroUsd: number | null
  readonly medianRunDurationMs: number | null
  readonly retries: number
  readonly escalations: number
  readonly guardTrips: number
  /** Code steps that passed without changing a file. */
  readonly unchangedSteps: number
  readonly cells: readonly CellStats[]
  readonly escalation: readonly EscalationStats[]
  readonly ladders: readonly Ladder[]
}

/** One step × agent × attempt. */
export interface CellStats {
  readonly workflow: string
  readonly step: string
  readonly agent: string
  readonly attempt: number
  readonly passRate: Rate
  readonly cost: Cost
  readonly meanMicroUsd: number | null
  readonly medianDurationMs: number
}

/** Statistics over the reports of several runs, of one workflow or many. */
export function stats(reports: readonly RunReport[]): RunStats {
  const decided = reports.filter((report) => report.status === 'passed' || report.status === 'failed')
  const seen = observations(reports)
  return {
    runs: reports.length,
    passRate: wilson(decided.filter((report) => report.status === 'passed').length, decided.length),
    cost: reports.reduce((sum, report) => addCost(sum, report.cost), noCost),
    meanRunMicroUsd: meanCost(reports),
    medianRunDurationMs: quantile(
      reports.map((report) => report.durationMs),
      0.5,
    ),
    retries: total(reports, (report) => report.retries),
    escalations: total(reports, (report) => report.escalations),
    guardTrips: total(reports, (report) => report.guardTrips),
    unchangedSteps: total(reports, (report) => report.steps.filter((step) => step.unchanged).length),
    cells: cells(seen),
    escalation: escalationPayOff(seen),
    ladders: recommendLadders(seen),
  }
}

function cells(seen: readonly Observation[]): CellStats[] {
  const key = (o: Observation): string => JSON.stringify([o.workflow, o.step, o.agent, o.attempt])
  return [...groupBy(seen, key).values()].flatMap((group) => {
    const first = group[0]
    if (first === undefined) return []
    const { workflow, step, agent, attempt } = first
    return [
      {
        workflow,
        step,
        agent,
        attempt,
        passRate: wilson(group.filter((o) => o.passed).length, group.length),
        cost: group.reduce((sum, o) => addCost(sum, o.cost), noCost),
        meanMicroUsd: meanCost(group),
        medianDurationMs:
          quantile(
            group.map((o) => o.durationMs),
            0.5,
          ) ?? 0,
      },
    ]
  })
}

function total(reports: readonly RunReport[], value: (report: RunReport) => number): number {
  return reports.reduce((sum, report) => sum + value(report), 0)
}
