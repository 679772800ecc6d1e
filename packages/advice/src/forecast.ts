import { stepKey } from '@gump/history'
import { inTime, isFinished, type RunRecord } from './run-record.js'

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
  /** Tasks of the first split, once they are known. */
  readonly tasks?: number | null
}

/** Half of the runs, and nine of ten, stay below. */
export interface Range {
  readonly p50: number
  readonly p90: number
}

/** What a run will cost and how long it will take, as earlier whole runs did, failed ones included. */
export interface Forecast {
  /** Earlier runs it is drawn from, oldest first. */
  readonly runs: readonly string[]
  /** Those of them that failed. */
  readonly failed: number
  /** How many more runs there have to be until there are figures. */
  readonly missingRuns: number
  /** The number of tasks that the figures are for; null: it is not known yet, and runs with few and with many count alike. */
  readonly tasks: number | null
  /** null: too few runs, or a part of one has no price. */
  readonly microUsd: Range | null
  /** null: too few runs. */
  readonly durationMs: Range | null
  /** A part of a run has no price. */
  readonly unpriced: boolean
  /** Runs of the workflow that are left out, because they began a step with another agent. */
  readonly otherAgents: number
  /** Steps that none of the runs went through: what they take is not in the figures. */
  readonly unknown: readonly string[]
}

/** With fewer runs there is no forecast. */
export const enoughRuns = 10

/** After so many runs, an earlier one counts for half. */
const halfLife = 64
/** How fast runs with other numbers of tasks count for less: at this ratio, for about a third. */
const tasksRatio = Math.log(2)

/** A forecast from earlier runs of the same workflow whose steps began with the same agents. */
export function forecast(records: readonly RunRecord[], plan: ForecastPlan): Forecast {
  const steps = flatten(plan.steps)
  const all = inTime(records).filter(
    (run) => run.workflow === plan.workflow && isFinished(run) && !run.replay,
  )
  const runs = all.filter((run) => steps.every((step) => isSame(run, step)))
  const tasks = plan.tasks ?? null
  const enough = runs.length >= enoughRuns
  const unpriced = runs.some(({ microUsd }) => microUsd === null)
  const weights = runs.map((run, n) => 0.5 ** ((runs.length - 1 - n) / halfLife) * likeness(run, tasks))
  const range = (of: (run: RunRecord) => number): Range => rangeOf(runs.map(of), weights)
  return {
    runs: runs.map(({ id }) => id),
    failed: runs.filter(({ status }) => status === 'failed').length,
    missingRuns: Math.max(0, enoughRuns - runs.length),
    tasks,
    microUsd:
      enough && !unpriced
        ? range((run) => scaled(run.microUsd ?? 0, run.inTasks.microUsd, run, tasks))
        : null,
    durationMs: enough ? range((run) => scaled(run.durationMs, run.inTasks.durationMs, run, tasks)) : null,
    unpriced,
    otherAgents: all.length - runs.length,
    unknown: steps
      .filter(({ key }) => runs.every(({ began }) => began[key] === undefined))
      .map(({ path }) => path),
  }
}

interface PlannedStep {
  readonly path: string
  readonly key: string
  readonly agent: string
}

/** The steps that run agents. */
function flatten(steps: readonly ForecastStep[]): PlannedStep[] {
  return steps.flatMap(({ path, agent, steps: inside }) => [
    ...(agent === null ? [] : [{ path, agent, key: stepKey(path, () => null) }]),
    ...flatten(inside),
  ])
}

/** A run that failed before a step says nothing against it; a template such as `{agent}` may stand for any agent. */
function isSame({ began }: RunRecord, { key, agent }: PlannedStep): boolean {
  return agent.includes('{') || began[key] === undefined || began[key] === agent
}

function likeness(run: RunRecord, tasks: number | null): number {
  if (tasks === null) return 1
  return Math.exp(-Math.abs(Math.log((tasks + 0.5) / ((run.tasks ?? 0) + 0.5))) / tasksRatio)
}

/** What a run would have taken with another number of tasks. */
function scaled(whole: number, inTasks: number, run: RunRecord, tasks: number | null): number {
  if (tasks === null || run.tasks === null || run.tasks === 0) return whole
  return whole - inTasks + (inTasks * tasks) / run.tasks
}

function rangeOf(values: readonly number[], weights: readonly number[]): Range {
  return { p50: bound(values, weights, 0.5), p90: bound(values, weights, 0.9) }
}

/**
 * The value that a further run stays below with this probability. That run is one of them, as likely as the likest: with few runs the bound
 * is further out than the share of those that were seen.
 */
function bound(values: readonly number[], weights: readonly number[], share: number): number {
  const sorted = values
    .map((value, n) => ({ value, weight: weights[n] ?? 0 }))
    .toSorted((a, b) => a.value - b.value)
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0) + Math.max(...weights)
  let sum = 0
  for (const { value, weight } of sorted) {
    sum += weight
    if (sum >= share * total) return Math.round(value)
  }
  return Math.round(sorted.at(-1)?.value ?? 0)
}
