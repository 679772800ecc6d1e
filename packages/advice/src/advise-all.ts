import { type Advice, adviseFor, type AdviceOptions } from './advise.js'
import { casesOf, type Cases } from './cases.js'
import { enoughTries } from './ladder.js'
import { publicPriors } from './public-priors.js'
import type { RunRecord } from './run-record.js'
import { groupBy } from './tally.js'

/** What is judged, and by what. */
export interface AllAdviceOptions extends Pick<AdviceOptions, 'worth'> {
  /** Only steps of this workflow. */
  readonly workflow?: string
}

/**
 * Advice for every agent step that finished runs went through, in the order in which they were first seen; after a step, the same for
 * those kinds of its tasks that were seen often enough. Public data about models stands in for what own runs do not say yet.
 */
export function adviseAll(records: readonly RunRecord[], options: AllAdviceOptions): Advice[] {
  const all = casesOf(records)
  const priors = publicPriors(records)
  const inWorkflow = all.cases.filter(
    (one) => options.workflow === undefined || one.workflow === options.workflow,
  )
  const steps = groupBy(inWorkflow, ({ workflow, step }) => JSON.stringify([workflow, step]))
  return [...steps.values()].flatMap((cases) => {
    const [first] = cases
    if (first === undefined) return []
    const { workflow, step } = first
    return [null, ...kindsOf(cases)].map((kind) =>
      adviseFor({ records, all }, { worth: options.worth, priors, workflow, step, kind }),
    )
  })
}

function kindsOf(cases: Cases['cases']): string[] {
  const firstTries = cases.filter(({ failed, kind }) => failed.length === 0 && kind !== null)
  return [...groupBy(firstTries, ({ kind }) => kind ?? '')]
    .filter(([, tries]) => tries.length >= enoughTries)
    .map(([kind]) => kind)
}
