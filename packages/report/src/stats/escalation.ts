import { groupBy, type Observation } from './observations.js'
import { meanCost } from './mean-cost.js'
import { wilson, type Rate } from './wilson.js'

/** After an agent failed at a step: what came of switching to another, beside what came of trying the same again. */
export interface EscalationStats {
  readonly workflow: string
  readonly step: string
  readonly from: string
  readonly to: string
  readonly escalated: Rate
  /** null: a part has no price. */
  readonly meanMicroUsd: number | null
  /** The same agent once more, after it had failed. */
  readonly sameAgain: Rate
  readonly sameAgainMeanMicroUsd: number | null
  /** `yes` or `no` only when the two intervals do not overlap. */
  readonly pays: 'yes' | 'no' | 'unclear'
}

/** One entry per step and pair of agents that was ever escalated. */
export function escalationPayOff(seen: readonly Observation[]): EscalationStats[] {
  const retries = seen.filter((o) => o.previousAgent !== null)
  const changed = retries.filter((o) => o.previousAgent !== o.agent)
  const key = (o: Observation): string => JSON.stringify([o.workflow, o.step, o.previousAgent, o.agent])
  return [...groupBy(changed, key).values()].flatMap((group): EscalationStats[] => {
    const first = group[0]
    if (first === undefined || first.previousAgent === null) return []
    const { workflow, step, previousAgent: from, agent: to } = first
    const same = retries.filter(
      (o) => o.workflow === workflow && o.step === step && o.agent === from && o.previousAgent === from,
    )
    const escalated = rateOf(group)
    const sameAgain = rateOf(same)
    return [
      {
        workflow,
        step,
        from,
        to,
        escalated,
        meanMicroUsd: meanCost(group),
        sameAgain,
        sameAgainMeanMicroUsd: meanCost(same),
        pays: escalated.low > sameAgain.high ? 'yes' : sameAgain.low > escalated.high ? 'no' : 'unclear',
      },
    ]
  })
}

function rateOf(group: readonly Observation[]): Rate {
  return wilson(group.filter((o) => o.passed).length, group.length)
}
