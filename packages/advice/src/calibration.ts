import { casesOf } from './cases.js'
import { forecast } from './forecast.js'
import { groupBy } from './tally.js'
import { type RunRecord, inTime, isFinished } from './run-record.js'
import { meanRate, stepModel } from './step-model.js'

/** How often a forecast came true. */
export interface Kept {
  readonly kept: number
  readonly of: number
}

/** What the forecast before each run would have been, beside what happened. */
export interface Calibration {
  /** Runs that stayed below their forecast, which uses the runs before them only. */
  readonly cost: { readonly p50: Kept; readonly p90: Kept }
  readonly time: { readonly p50: Kept; readonly p90: Kept }
  /** First and later tries by the chance that they were given, in steps of a fifth: how many of them passed. */
  readonly rates: readonly { readonly from: number; readonly to: number; readonly passed: Kept }[]
}

const bins = 5

/**
 * Forecasts every finished run from those before it: its cost and time, knowing its number of tasks, and whether each of its tries passes.
 */
export function calibrate(records: readonly RunRecord[]): Calibration {
  const runs = inTime(records).filter(isFinished)
  const cost = { p50: { kept: 0, of: 0 }, p90: { kept: 0, of: 0 } }
  const time = { p50: { kept: 0, of: 0 }, p90: { kept: 0, of: 0 } }
  const rates = Array.from({ length: bins }, (_, n) => ({
    from: n / bins,
    to: (n + 1) / bins,
    passed: { kept: 0, of: 0 },
  }))
  for (const [n, run] of runs.entries()) {
    const before = runs.slice(0, n)
    if (!run.replay) {
      const steps = Object.entries(run.began).map(([path, agent]) => ({ path, agent, steps: [] }))
      const { microUsd, durationMs } = forecast(before, { workflow: run.workflow, steps, tasks: run.tasks })
      for (const share of ['p50', 'p90'] as const) {
        if (microUsd !== null && run.microUsd !== null) count(cost[share], run.microUsd <= microUsd[share])
        if (durationMs !== null) count(time[share], run.durationMs <= durationMs[share])
      }
    }
    forecastTries(before, run, (chance, passed) => {
      const bin = rates[Math.min(bins - 1, Math.floor(chance * bins))]
      if (bin !== undefined) count(bin.passed, passed)
    })
  }
  return { cost, time, rates }
}

function forecastTries(
  before: readonly RunRecord[],
  run: RunRecord,
  tell: (chance: number, passed: boolean) => void,
): void {
  const past = casesOf(before)
  const now = casesOf([run]).cases
  for (const cases of groupBy(now, ({ step }) => step).values()) {
    const [first] = cases
    if (first === undefined) continue
    const model = stepModel(past, { workflow: run.workflow, step: first.step })
    for (const { failed, agent, passed } of cases) tell(meanRate(model.cell(failed, agent)), passed)
  }
}

function count(kept: { kept: number; of: number }, holds: boolean): void {
  kept.of += 1
  if (holds) kept.kept += 1
}
