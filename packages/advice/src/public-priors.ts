import outcomes from '../data/public-outcomes.json' with { type: 'json' }
import type { Prior } from './prior.js'
import { latestModels } from './cases.js'
import { inTime, isFinished, type RunRecord } from './run-record.js'

/** Where public data comes from, and what it is. */
export interface PublicSource {
  readonly about: string
  readonly source: string
  readonly licence: string
  readonly tasks: number
}

/** The public data that is shipped. */
export const publicSource: PublicSource = {
  about: outcomes.about,
  source: outcomes.source,
  licence: outcomes.licence,
  tasks: outcomes.tasks,
}

/**
 * What public data says of the agents in these runs: of those whose model is one that it knows. Other versions of a model are other
 * models.
 */
export function publicPriors(records: readonly RunRecord[]): readonly Prior[] {
  const agents = [...latestModels(inTime(records.filter(isFinished)))].flatMap(([agent, model]) => {
    const known = knownModel(model)
    return known === null ? [] : [{ agent, model: known }]
  })
  const agentsOf = (model: string): string[] =>
    agents.filter((one) => one.model === model).map(({ agent }) => agent)
  return outcomes.cells.flatMap(({ failed, model, passed, of }) =>
    choices(failed.map(agentsOf)).flatMap((names) =>
      agentsOf(model).map((agent): Prior => ({ failed: names, agent, rate: passed / of, tries: of })),
    ),
  )
}

/** The public name of a model id, which may end in a date. */
function knownModel(id: string): string | null {
  const models = new Set(outcomes.cells.map(({ model }) => model))
  const name = id.replace(/-\d{8}$/u, '')
  return models.has(name) ? name : null
}

/** One of each list, in every combination. */
function choices(lists: readonly (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>(
    (chosen, list) => chosen.flatMap((before) => list.map((one) => [...before, one])),
    [[]],
  )
}
