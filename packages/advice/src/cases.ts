import { cellKey } from './cell-key.js'
import { inTime, isFinished, type RunRecord } from './run-record.js'

/** A try together with what had failed before it in its step: the unit that everything is estimated from. */
export interface Case {
  readonly run: string
  /** Place of the run among all runs that count, oldest first. */
  readonly order: number
  readonly workflow: string
  readonly step: string
  readonly kind: string | null
  /** Agents whose tries had failed, in order; the same one may be in it more than once. */
  readonly failed: readonly string[]
  readonly agent: string
  /** {@link cellKey} of the two. */
  readonly cell: string
  readonly passed: boolean
  readonly microUsd: number | null
  readonly durationMs: number
}

/** The cases of all runs, and what was left out of them. */
export interface Cases {
  readonly cases: readonly Case[]
  /** Runs that count, oldest first. */
  readonly runs: readonly string[]
  /** Agents in the order in which they were first seen. */
  readonly agents: readonly string[]
  /** Runs that have not ended. */
  readonly openRuns: number
  /** Tries of an agent that thinks with another model now, or that followed one. */
  readonly otherModel: readonly Pick<Case, 'workflow' | 'step'>[]
}

/**
 * The cases of finished runs. A change of model starts over: what an agent did with another model than it was last seen with is
 * left out, and so is what followed it.
 */
export function casesOf(records: readonly RunRecord[]): Cases {
  const finished = inTime(records.filter(isFinished))
  const models = latestModels(finished)
  const isCurrent = (agent: string, model: string | null): boolean => {
    const latest = models.get(agent)
    return model === null || latest === undefined || latest === model
  }
  const cases: Case[] = []
  const otherModel: Pick<Case, 'workflow' | 'step'>[] = []
  for (const [order, run] of finished.entries()) {
    for (const { step, kind, tries } of run.chains) {
      let current = true
      const failed: string[] = []
      for (const { agent, model, passed, recalled, microUsd, durationMs } of tries) {
        current &&= isCurrent(agent, model)
        if (passed === null) continue
        if (!recalled && current) {
          cases.push({
            run: run.id,
            order,
            workflow: run.workflow,
            step,
            kind,
            failed: [...failed],
            agent,
            cell: cellKey(failed, agent),
            passed,
            microUsd,
            durationMs,
          })
        }
        if (!recalled && !current) otherModel.push({ workflow: run.workflow, step })
        if (!passed) failed.push(agent)
      }
    }
  }
  return {
    cases,
    runs: finished.map(({ id }) => id),
    agents: [...new Set(finished.flatMap(({ chains }) => chains.flatMap(agentsOf)))],
    openRuns: records.length - finished.length,
    otherModel,
  }
}

function agentsOf({ tries }: RunRecord['chains'][number]): string[] {
  return tries.map(({ agent }) => agent)
}

/** The model that each agent was last seen with, where it is known. */
export function latestModels(runs: readonly RunRecord[]): ReadonlyMap<string, string> {
  const latest = new Map<string, string>()
  for (const { chains } of runs) {
    for (const { agent, model } of chains.flatMap(({ tries }) => tries)) {
      if (model !== null) latest.set(agent, model)
    }
  }
  return latest
}
