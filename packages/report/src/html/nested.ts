import { leadsAside } from '@gump/history'
import type { AttemptReport, StepReport } from '../report.js'

/** Steps of workflows that judge or inform, by the path of the step that pays for them. */
export type PaidFor = ReadonlyMap<string, readonly StepReport[]>

/** Which steps are paid for by which. */
export function paidFor(steps: readonly StepReport[]): PaidFor {
  const paths = new Set(steps.map(({ path }) => path))
  const found = new Map<string, StepReport[]>()
  for (const step of steps) {
    const payer = payerOf(step.path)
    if (payer === null || !paths.has(payer)) continue
    const known = found.get(payer)
    if (known === undefined) found.set(payer, [step])
    else known.push(step)
  }
  return found
}

/** Steps in the order in which they began, but those that another one pays for right below it. */
export function nested(steps: readonly StepReport[]): readonly StepReport[] {
  const below = paidFor(steps)
  const judges = new Set([...below.values()].flat())
  const withJudges = (step: StepReport): StepReport[] => [
    step,
    ...(below.get(step.path) ?? []).flatMap(withJudges),
  ]
  return steps.filter((step) => !judges.has(step)).flatMap(withJudges)
}

/** What judged or informed one attempt of a step. */
export function validatorsOf(
  payer: StepReport,
  attempt: AttemptReport,
  all: PaidFor,
): readonly { readonly step: StepReport; readonly attempts: readonly AttemptReport[] }[] {
  const next = payer.attempts[payer.attempts.indexOf(attempt) + 1]?.startedAt ?? Number.POSITIVE_INFINITY
  return (all.get(payer.path) ?? [])
    .map((step) => ({
      step,
      attempts: step.attempts.filter(
        ({ startedAt, replayed }) => !replayed && startedAt >= attempt.startedAt && startedAt < next,
      ),
    }))
    .filter(({ attempts }) => attempts.length > 0)
}

/** The step above the workflow that this one is part of; null for a step of the run itself. */
function payerOf(path: string): string | null {
  const segments = path.split('/')
  const aside = segments.findLastIndex((segment) => leadsAside([segment]))
  return aside <= 0 ? null : segments.slice(0, aside).join('/')
}
