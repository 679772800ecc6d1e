import type { Ladder } from './ladder.js'
import { inTime, isFinished, type RunRecord } from './run-record.js'

const longest = 12

/**
 * The ladder that a step is on now, as the newest finished runs show it: who tried first most recently, who came next after that one
 * had failed, and so on until a run gave up. What was started to find out does not count.
 */
export function ladderInUse(records: readonly RunRecord[], workflow: string, step: string): Ladder {
  const chains = inTime(records.filter(isFinished))
    .toReversed()
    .filter((run) => run.workflow === workflow)
    .flatMap((run) => run.chains.toReversed())
    .filter((chain) => chain.step === step && !chain.tries.some(({ explored }) => explored === true))
    .map(({ tries, gaveUp }) => ({ tries: tries.filter(({ passed }) => passed !== null), gaveUp }))
  const ladder: string[] = []
  while (ladder.length < longest) {
    const next = chains.find(
      ({ tries, gaveUp }) =>
        ladder.every((agent, n) => tries[n]?.agent === agent && tries[n]?.passed === false) &&
        (tries.length > ladder.length || gaveUp),
    )
    const agent = next?.tries[ladder.length]?.agent
    if (agent === undefined) break
    ladder.push(agent)
  }
  return ladder
}
