import { enoughTries, type Ladder, netUsd, type Outlook, outlookOf, type Worth } from './ladder.js'
import { meanRate, type StepModel } from './step-model.js'
import { cellKey } from './cell-key.js'

/** A ladder that may be better than the best known one, and was tried too seldom to say. */
export interface Trial {
  /** The ladder to try. */
  readonly ladder: Ladder
  /** The agent of it that was seen too seldom, and after which failures. */
  readonly agent: string
  readonly failed: Ladder
  readonly seen: number
  /** About how many tasks have to start with this ladder until the agent was seen often enough. */
  readonly tasks: number
  /** What a task would gain on average over all possible truths, if one knew which ladder is better; null without values. */
  readonly gainUsd: number | null
}

/** Below this share of the value of a task, what could be gained is not worth finding out. */
const leastGain = 0.02
/** Finding out that takes longer than this many tasks is none. */
const mostTasks = 100

/**
 * The trial that promises most: one agent more at the end of the best known ladder or of its beginnings, or another one in its first
 * place. The gain is what is lost by not knowing: the mean, over possible truths, of how much better the trial is where it is better.
 */
export function trialOf(model: StepModel, best: Outlook | null, worth: Worth | null): Trial | null {
  const base = best?.ladder ?? []
  const now = best === null || worth === null ? null : netUsd(best, worth)
  const prefixes = base.map((_, n) => base.slice(0, n))
  const trials = [...prefixes, base].flatMap((failed) =>
    model.agents.flatMap((agent): Trial[] => {
      const seen = model.cells.get(cellKey(failed, agent))?.seen ?? 0
      if (seen >= enoughTries) return []
      const ladder = [...failed, agent]
      const outlook = outlookOf(model, ladder)
      if (outlook === null) return []
      const net = worth === null ? null : netUsd(outlook, worth)
      const gainUsd = now === null || net === null ? null : gain(net, now)
      const tasks = tasksFor(model, failed, seen)
      const isWorthIt = gainUsd === null || gainUsd >= leastGain * (worth?.valueUsd ?? 0)
      return isWorthIt && tasks <= mostTasks ? [{ ladder, agent, failed, seen, tasks, gainUsd }] : []
    }),
  )
  const [first, ...others] = trials
  if (first === undefined) return null
  return others.reduce((most, trial) => (promises(trial) > promises(most) ? trial : most), first)
}

/** Without values, the trial that is soonest done. */
function promises({ gainUsd, tasks }: Trial): number {
  return gainUsd ?? -tasks
}

function gain(net: Float64Array, now: Float64Array): number {
  let sum = 0
  for (const [n, value] of net.entries()) sum += Math.max(0, value - (now[n] ?? 0))
  return sum / net.length
}

function tasksFor(model: StepModel, failed: Ladder, seen: number): number {
  const reached = failed.reduce(
    (share, agent, n) => share * (1 - meanRate(model.cell(failed.slice(0, n), agent))),
    1,
  )
  return Math.ceil((enoughTries - seen) / Math.max(0.01, reached))
}
