import { stepKey } from '@gump/history'
import type { RunReport, StepReport } from '../report.js'
import { quantile } from './quantile.js'
import { seededRandom } from './random.js'

/** A step of a plan; its children are what it holds. */
export interface ForecastStep {
  readonly path: string
  /** null: it runs no agent. */
  readonly agent: string | null
  readonly steps: readonly ForecastStep[]
}

/** What is going to be run. */
export interface ForecastPlan {
  readonly workflow: string
  readonly steps: readonly ForecastStep[]
}

/** Half of the runs, and nine of ten, stay below. */
export interface Range {
  readonly p50: number
  readonly p90: number
}

/** What a run will cost and how long it will take, drawn from earlier runs. */
export interface Forecast {
  /** Earlier runs of the workflow it is drawn from. */
  readonly runs: number
  /** null: nothing of it has a price. */
  readonly microUsd: Range | null
  readonly durationMs: Range
  /** Steps that no earlier run went through with the planned agent: they are not in the figures. */
  readonly unknown: readonly string[]
  /** Part of the history has no price. */
  readonly unpriced: boolean
  /** Some of them have used more than is reported. */
  readonly atLeast: boolean
}

const draws = 2000

/**
 * Cost and time of a plan from earlier runs of the same workflow, or null when there is nothing to draw from. Every step is
 * drawn from what it took in whole runs, all its tasks and retries included; a step whose agent is another one now is
 * drawn only from runs that began it with that agent. Times of steps that ran side by side are added up.
 */
export function forecast(history: readonly RunReport[], plan: ForecastPlan): Forecast | null {
  const runs = history.filter(
    // A replay has done a part of the workflow only.
    ({ workflow, status, replayOf }) =>
      workflow === plan.workflow && status === 'passed' && replayOf === null,
  )
  const planned = flatten(plan.steps)
  const samples = planned.map((step) => ({ step, taken: runs.flatMap((run) => taken(run, step)) }))
  const known = samples.filter(({ taken }) => taken.length > 0)
  if (known.length === 0) return null
  const random = seededRandom(0x67756d70)
  const totals = Array.from({ length: draws }, () => {
    let microUsd = 0
    let durationMs = 0
    for (const { taken } of known) {
      const one = taken[Math.floor(random() * taken.length)]
      microUsd += one?.microUsd ?? 0
      durationMs += one?.durationMs ?? 0
    }
    return { microUsd, durationMs }
  })
  const cost = range(totals.map((total) => total.microUsd))
  const unpriced = runs.some((run) => run.cost.unpriced)
  return {
    runs: runs.length,
    microUsd: unpriced && cost.p90 === 0 ? null : cost,
    durationMs: range(totals.map((total) => total.durationMs)),
    unknown: samples.filter(({ taken }) => taken.length === 0).map(({ step }) => step.path),
    unpriced,
    atLeast: runs.some((run) => run.cost.atLeast === true),
  }
}

interface PlannedStep {
  readonly path: string
  readonly key: string
  readonly agent: string | null
}

function flatten(steps: readonly ForecastStep[]): PlannedStep[] {
  return steps.flatMap((step) => [
    // A group is worth what its steps are worth.
    ...(step.agent === null && step.steps.length > 0
      ? []
      : [{ path: step.path, key: stepKey(step.path, () => null), agent: step.agent }]),
    ...flatten(step.steps),
  ])
}

interface Taken {
  readonly microUsd: number
  readonly durationMs: number
}

/** What a step took in one run, all tasks together; nothing when the run did not go through it with that agent. */
function taken(run: RunReport, planned: PlannedStep): Taken[] {
  const steps = run.steps.filter((step) => step.key === planned.key)
  const first = steps[0]
  if (first === undefined) return []
  const began = first.attempts[0]?.agent ?? null
  // A template such as `{converge.agent}` is only known once the run is there: any agent may stand for it.
  const named = planned.agent === null || planned.agent.includes('{') ? null : planned.agent
  if (named !== null && began !== null && began !== named) return []
  return [{ microUsd: steps.reduce((sum, step) => sum + step.cost.microUsd, 0), durationMs: wallTime(steps) }]
}

/** Time during which at least one of them ran. */
function wallTime(steps: readonly StepReport[]): number {
  const spans = steps
    .flatMap((step) => step.attempts)
    .map((attempt) => ({ from: attempt.startedAt, to: attempt.startedAt + attempt.durationMs }))
    .toSorted((a, b) => a.from - b.from)
  let until = -Infinity
  let sum = 0
  for (const { from, to } of spans) {
    sum += Math.max(0, to - Math.max(from, until))
    until = Math.max(until, to)
  }
  return sum
}

function range(values: readonly number[]): Range {
  return { p50: Math.round(quantile(values, 0.5) ?? 0), p90: Math.round(quantile(values, 0.9) ?? 0) }
}
