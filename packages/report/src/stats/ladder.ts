import { groupBy, type Observation } from './observations.js'
import { meanCost } from './mean-cost.js'
import { wilson, type Rate } from './wilson.js'

/** The order of agents that is expected to be cheapest at a step, from what was seen. */
export interface Ladder {
  readonly workflow: string
  readonly step: string
  readonly rungs: readonly Rung[]
  /** Expected cost until one passes or all have failed; null when prices are missing. */
  readonly expectedMicroUsd: number | null
  /** Chance that one of them passes. */
  readonly expectedPassRate: number
  /** Agents that were seen too seldom to be judged. */
  readonly undecided: readonly string[]
}

/** One attempt of a ladder: who tries, and how often that has passed. */
export interface Rung {
  readonly agent: string
  readonly passRate: Rate
  /** null: a part has no price. */
  readonly meanMicroUsd: number | null
}

/** Fewer observations than this say nothing about an agent. */
export const enough = 5

/**
 * Orders agents by cost per pass, which is cheapest when tries are independent. An agent comes after a cheaper one only if it
 * passes more often: what a weaker agent could not do, a still weaker one will not do either.
 */
export function recommendLadders(seen: readonly Observation[]): Ladder[] {
  const steps = groupBy(seen, (o) => JSON.stringify([o.workflow, o.step]))
  return [...steps.values()].flatMap((group): Ladder[] => {
    const first = group[0]
    if (first === undefined) return []
    const agents = [...groupBy(group, (o) => o.agent)]
    const judged = agents
      .filter(([, tries]) => tries.length >= enough)
      .map(([agent, tries]) => rung(agent, tries))
    const rungs = climb(judged)
    if (rungs.length === 0) return []
    return [
      {
        workflow: first.workflow,
        step: first.step,
        rungs,
        ...expectation(rungs),
        undecided: agents.filter(([, tries]) => tries.length < enough).map(([agent]) => agent),
      },
    ]
  })
}

function rung(agent: string, tries: readonly Observation[]): Rung {
  return {
    agent,
    passRate: wilson(tries.filter((o) => o.passed).length, tries.length),
    meanMicroUsd: meanCost(tries),
  }
}

function climb(rungs: readonly Rung[]): Rung[] {
  const useful = rungs
    .filter((rung) => (rung.passRate.rate ?? 0) > 0)
    // An agent of unknown price cannot be called cheap.
    .toSorted((a, b) => cheaper(costPerPass(a), costPerPass(b)))
  const ladder: Rung[] = []
  for (const rung of useful) {
    if ((rung.passRate.rate ?? 0) > (ladder.at(-1)?.passRate.rate ?? 0)) ladder.push(rung)
  }
  return ladder
}

function costPerPass(rung: Rung): number {
  return rung.meanMicroUsd === null ? Number.POSITIVE_INFINITY : rung.meanMicroUsd / (rung.passRate.rate ?? 1)
}

/** Two unknown prices are alike; their difference is not a number. */
function cheaper(a: number, b: number): number {
  return a === b ? 0 : a - b
}

function expectation(rungs: readonly Rung[]): Pick<Ladder, 'expectedMicroUsd' | 'expectedPassRate'> {
  let reached = 1
  let microUsd: number | null = 0
  for (const rung of rungs) {
    if (microUsd !== null)
      microUsd = rung.meanMicroUsd === null ? null : microUsd + reached * rung.meanMicroUsd
    reached *= 1 - (rung.passRate.rate ?? 0)
  }
  return {
    expectedMicroUsd: microUsd === null ? null : Math.round(microUsd),
    expectedPassRate: 1 - reached,
  }
}
