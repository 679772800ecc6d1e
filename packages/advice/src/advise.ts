import { type Cases, casesOf } from './cases.js'
import { enoughRuns } from './forecast.js'
import { type Estimate, estimateOf, quantileOf } from './interval.js'
import {
  enoughTries,
  figuresOf,
  type Ladder,
  type LadderFigures,
  netUsd,
  type Outlook,
  outlookOf,
  seenLadders,
  type Worth,
} from './ladder.js'
import { ladderInUse } from './ladder-in-use.js'
import type { Prior } from './prior.js'
import type { RunRecord } from './run-record.js'
import { type Cell, meanRate, type StepChoice, type StepModel, stepModel } from './step-model.js'
import { type Trial, trialOf } from './trial.js'

/**
 * Share of possible truths in which another ladder has to be better before it is recommended. Of those that are, the one is taken that
 * gains most in this share of them, not the one with the best mean: among many ladders that were hardly tried, one always looks good.
 */
const convinced = 0.75

/** What to judge, and by what. */
export interface AdviceOptions extends StepChoice {
  /** null: the user has not said what a passed task is worth, so there is no single answer. */
  readonly worth: Worth | null
  /** What public data says of the agents, for what own runs do not say yet. */
  readonly priors?: readonly Prior[]
  /** The ladder that the workflow declares; by default the one that the newest runs went by. */
  readonly inUse?: Ladder
}

/**
 * - `change`: another ladder is better in at least three of four possible truths;
 * - `keep`: none is, of those that were tried often enough;
 * - `values_missing`: there is more than one reasonable ladder, and the user's values decide;
 * - `not_enough_data`: too few tries to say.
 */
export type Verdict = 'change' | 'keep' | 'values_missing' | 'not_enough_data'

/** Everything that is shown about one agent after one set of failures. */
export interface CellFigures {
  readonly failed: readonly string[]
  readonly agent: string
  readonly seen: number
  readonly passed: number
  readonly rate: Estimate
  readonly microUsd: Estimate | null
  readonly durationMs: Estimate | null
  readonly runs: readonly string[]
  /** How often the agent's model passed public tasks after the same failures; drawn towards while there are few tries of one's own. */
  readonly publicData: { readonly rate: number; readonly tasks: number } | null
}

/** How the recommended ladder differs from the one in use, for one task. */
export interface Difference {
  readonly passes: Estimate
  readonly microUsd: Estimate | null
  readonly durationMs: Estimate
  readonly netUsd: Estimate | null
  /** Share of possible truths in which it is better; null without the user's values. */
  readonly better: number | null
}

/** What finished runs say about the agents of one step. */
export interface Advice {
  readonly workflow: string
  readonly step: string
  readonly kind: string | null
  readonly verdict: Verdict
  readonly inUse: LadderFigures | null
  /** Set with the verdict `change`. */
  readonly recommended: LadderFigures | null
  /** Of the recommended ladder, set with it. */
  readonly difference: Difference | null
  /** Ladders that no other beats in both pass rate and cost, cheapest first. */
  readonly frontier: readonly LadderFigures[]
  /** What is missing until the ladder in use can be judged: tasks for its first agent, and runs, because tasks of one run are alike. */
  readonly missing: { readonly tasks: number; readonly runs: number }
  /** What to try to find out, once the ladder in use can be judged. */
  readonly trial: Trial | null
  readonly cells: readonly CellFigures[]
  /** Agents that seem to change over time, and after how many runs what they did counts for half. */
  readonly changing: readonly { readonly agent: string; readonly halfLifeRuns: number }[]
  /** How alike tries of one run are, from 0 to 1. */
  readonly correlation: number
  /** Runs that the figures rest on. */
  readonly runs: readonly string[]
  readonly openRuns: number
  /** Tries left out because an agent thinks with another model now. */
  readonly otherModel: number
}

/** A step with all that its runs say, before the values of the user come in. */
export interface Study {
  readonly model: StepModel
  readonly all: Cases
  readonly declared: Ladder
  /** Of every ladder that was tried often enough. */
  readonly outlooks: readonly Outlook[]
}

/** Everything about a step that does not depend on the values of the user. */
export function study(records: readonly RunRecord[], options: Omit<AdviceOptions, 'worth'>): Study {
  return studyCases({ records, all: casesOf(records) }, options)
}

/** Runs, and the cases that they are made of. */
export interface Sources {
  readonly records: readonly RunRecord[]
  readonly all: Cases
}

function studyCases({ records, all }: Sources, options: Omit<AdviceOptions, 'worth'>): Study {
  const model = stepModel(all, options, options.priors)
  return {
    model,
    all,
    declared: options.inUse ?? ladderInUse(records, options.workflow, options.step),
    outlooks: seenLadders(model, enoughTries).flatMap((ladder) => outlookOf(model, ladder) ?? []),
  }
}

/** Judges the agents of one step by finished runs. */
export function advise(records: readonly RunRecord[], options: AdviceOptions): Advice {
  return adviceFrom(study(records, options), options.worth)
}

/** The same from cases that were made before. */
export function adviseFor(sources: Sources, options: AdviceOptions): Advice {
  return adviceFrom(studyCases(sources, options), options.worth)
}

/** Judges the agents of a step that was studied before. */
export function adviceFrom({ model, all, declared, outlooks }: Study, worth: Worth | null): Advice {
  const inUse = declared.length === 0 ? null : outlookOf(model, declared)
  const missing = missingFor(model, declared)
  const enough = missing.tasks === 0 && missing.runs === 0
  const chosen = inUse === null || worth === null || !enough ? null : better(outlooks, inUse, worth)
  const cells = [...model.cells.values()]
  return {
    workflow: model.workflow,
    step: model.step,
    kind: model.kind,
    verdict: verdictOf({ chosen, inUse, enough, worth, outlooks }),
    inUse: inUse === null ? null : figuresOf(inUse, worth),
    recommended: chosen === null ? null : figuresOf(chosen, worth),
    difference: chosen === null || inUse === null ? null : differenceOf(chosen, inUse, worth),
    frontier: frontierOf(outlooks).map((outlook) => figuresOf(outlook, worth)),
    missing,
    trial: enough ? trialOf(model, chosen ?? inUse, worth) : null,
    cells: cells.map((cell) => cellFigures(model, cell)),
    changing: changingOf(model),
    correlation: model.correlation,
    runs: all.runs.filter((run) => cells.some(({ runs }) => runs.includes(run))),
    openRuns: all.openRuns,
    otherModel: all.otherModel.filter(
      ({ workflow, step }) => workflow === model.workflow && step === model.step,
    ).length,
  }
}

/** The ladder that is recommended in place of the one in use, without all the figures of {@link adviceFrom}; null: none is. */
export function recommend({ model, declared, outlooks }: Study, worth: Worth): Ladder | null {
  const missing = missingFor(model, declared)
  const enough = declared.length > 0 && missing.tasks === 0 && missing.runs === 0
  const inUse = enough ? outlookOf(model, declared) : null
  return inUse === null ? null : (better(outlooks, inUse, worth)?.ladder ?? null)
}

function missingFor(model: StepModel, [first]: Ladder): Advice['missing'] {
  const seen = first === undefined ? 0 : model.cell([], first).seen
  const runs = new Set([...model.cells.values()].flatMap((cell) => cell.runs)).size
  return { tasks: Math.max(0, enoughTries - seen), runs: Math.max(0, enoughRuns - runs) }
}

/** The ladder that surely gains most over the one in use. */
function better(outlooks: readonly Outlook[], inUse: Outlook, worth: Worth): Outlook | null {
  const now = netUsd(inUse, worth)
  if (now === null) return null
  let best: Outlook | null = null
  let most = 0
  for (const outlook of outlooks) {
    const net = netUsd(outlook, worth)
    if (net === null) continue
    const gain = quantileOf(minus(net, now), 1 - convinced)
    if (gain > most) {
      best = outlook
      most = gain
    }
  }
  return best
}

function verdictOf(known: {
  readonly chosen: Outlook | null
  readonly inUse: Outlook | null
  readonly enough: boolean
  readonly worth: Worth | null
  readonly outlooks: readonly Outlook[]
}): Verdict {
  if (known.inUse === null || !known.enough) return 'not_enough_data'
  if (known.chosen !== null) return 'change'
  if (known.worth === null) return known.outlooks.length > 1 ? 'values_missing' : 'keep'
  return 'keep'
}

function differenceOf(to: Outlook, from: Outlook, worth: Worth | null): Difference {
  const net = worth === null ? null : [netUsd(to, worth), netUsd(from, worth)]
  const [after, before] = net ?? []
  const known = after != null && before != null
  return {
    passes: estimateOf(minus(to.passes, from.passes)),
    microUsd:
      to.microUsd === null || from.microUsd === null ? null : estimateOf(minus(to.microUsd, from.microUsd)),
    durationMs: estimateOf(minus(to.durationMs, from.durationMs)),
    netUsd: known ? estimateOf(minus(after, before)) : null,
    better: known ? shareAbove(after, before) : null,
  }
}

/** Ladders that none beats in pass rate at no more cost; without a price, only by pass rate. */
function frontierOf(outlooks: readonly Outlook[]): Outlook[] {
  const priced = outlooks
    .flatMap((outlook) => {
      const { passes, microUsd } = outlook
      return microUsd === null ? [] : [{ outlook, passes: meanOf(passes), microUsd: meanOf(microUsd) }]
    })
    .toSorted((a, b) => a.microUsd - b.microUsd)
  const found: Outlook[] = []
  let most = -1
  for (const { outlook, passes } of priced) {
    // A gain below a point in a hundred is none that anyone would pay for.
    if (passes < most + 0.01) continue
    found.push(outlook)
    most = passes
  }
  return found
}

/** Agents of which it is at least four times as likely that they change as that they do not. */
function changingOf(model: StepModel): Advice['changing'] {
  return [...model.halfLives].flatMap(([agent, halfLives]) => {
    const constant = halfLives.find(({ halfLife }) => !Number.isFinite(halfLife))?.share ?? 0
    const finite = halfLives.filter(({ halfLife }) => Number.isFinite(halfLife))
    const best = finite.toSorted((a, b) => b.share - a.share)[0]
    if (best === undefined || constant > 0.2) return []
    return [{ agent, halfLifeRuns: best.halfLife }]
  })
}

function cellFigures(model: StepModel, cell: Cell): CellFigures {
  const draws = model.draws(cell)
  const rate = estimateOf(draws.passes)
  return {
    failed: cell.failed,
    agent: cell.agent,
    seen: cell.seen,
    passed: cell.passed,
    rate: { ...rate, mean: meanRate(cell) },
    microUsd: draws.microUsd === null ? null : estimateOf(draws.microUsd),
    durationMs: draws.durationMs === null ? null : estimateOf(draws.durationMs),
    runs: cell.runs,
    publicData: cell.prior === null ? null : { rate: cell.prior.rate, tasks: cell.prior.tries },
  }
}

function minus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, n) => value - (b[n] ?? 0))
}

function meanOf(draws: Float64Array): number {
  return draws.reduce((sum, draw) => sum + draw, 0) / draws.length
}

function shareAbove(a: Float64Array, b: Float64Array): number {
  let above = 0
  for (const [n, value] of a.entries()) if (value > (b[n] ?? 0)) above += 1
  return above / a.length
}
