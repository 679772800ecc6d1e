import { type Estimate, estimateOf } from './interval.js'
import { type CellDraws, drawCount, type StepModel } from './step-model.js'
import { cellKey } from './cell-key.js'

/** Agents in the order in which they try, until one passes. */
export type Ladder = readonly string[]

/** What the user takes a passed task and an hour of waiting to be worth, in US dollars. */
export interface Worth {
  readonly valueUsd: number
  readonly hourUsd: number
}

/** What a ladder may bring, in every possible truth that was drawn. */
export interface Outlook {
  readonly ladder: Ladder
  readonly passes: Float64Array
  /** null: an agent of it has no price. */
  readonly microUsd: Float64Array | null
  readonly durationMs: Float64Array
  /** The fewest tries that any of its rungs was seen with in its place. */
  readonly seen: number
}

/** Tries of each rung in its place that a ladder has to have before it is recommended. */
export const enoughTries = 5

const longest = 6
const mostLadders = 4000

/** Every ladder all of whose rungs were seen in their place, with at least so many tries each. */
export function seenLadders(model: StepModel, tries: number): Ladder[] {
  const next = (failed: Ladder): string[] =>
    model.agents.filter((agent) => (model.cells.get(cellKey(failed, agent))?.seen ?? 0) >= tries)
  const found: Ladder[] = []
  let level: Ladder[] = [[]]
  for (let depth = 0; depth < longest && found.length < mostLadders; depth += 1) {
    level = level.flatMap((ladder) => next(ladder).map((agent) => [...ladder, agent]))
    found.push(...level)
  }
  return found.slice(0, mostLadders)
}

/** What a ladder may bring; null when no time is known of one of its rungs. */
export function outlookOf(model: StepModel, ladder: Ladder): Outlook | null {
  const cells = ladder.map((agent, index) => model.cell(ladder.slice(0, index), agent))
  if (cells.some(({ durationMs }) => durationMs === null)) return null
  const draws = cells.map(model.draws)
  const reached = shareReached(draws.map(({ passes }) => passes))
  const priced = cells.every(({ microUsd }) => microUsd !== null)
  let durationMs: Float64Array | null = null
  return {
    ladder,
    passes: (reached.at(-1) ?? new Float64Array(drawCount).fill(1)).map((share) => 1 - share),
    microUsd: priced ? expected(reached, draws, ({ microUsd }) => microUsd) : null,
    get durationMs() {
      durationMs ??= expected(reached, draws, ({ durationMs: of }) => of)
      return durationMs
    },
    seen: Math.min(...cells.map(({ seen }) => seen)),
  }
}

/** For each rung, in how many of the cases all rungs up to it fail. */
function shareReached(passes: readonly Float64Array[]): Float64Array[] {
  const shares: Float64Array[] = []
  for (const rung of passes) {
    const before = shares.at(-1)
    shares.push(rung.map((rate, n) => (before?.[n] ?? 1) * (1 - rate)))
  }
  return shares
}

/** The sum over the rungs, each as often as it is reached. */
function expected(
  reached: readonly Float64Array[],
  rungs: readonly CellDraws[],
  amounts: (rung: CellDraws) => Float64Array | null,
): Float64Array {
  const sum = new Float64Array(drawCount)
  for (const [place, rung] of rungs.entries()) {
    const before = reached[place - 1]
    const of = amounts(rung)
    for (let n = 0; n < drawCount; n += 1) sum[n] = (sum[n] ?? 0) + (before?.[n] ?? 1) * (of?.[n] ?? 0)
  }
  return sum
}

/** Value of a task less its cost and the time it takes, in US dollars; null without prices. */
export function netUsd(outlook: Outlook, worth: Worth): Float64Array | null {
  const { microUsd } = outlook
  if (microUsd === null) return null
  // Times are only drawn when they count.
  const durationMs = worth.hourUsd === 0 ? null : outlook.durationMs
  return outlook.passes.map(
    (passes, n) =>
      worth.valueUsd * passes -
      (microUsd[n] ?? 0) / 1e6 -
      (worth.hourUsd * (durationMs?.[n] ?? 0)) / 3_600_000,
  )
}

/** The figures of a ladder that are shown. */
export interface LadderFigures {
  readonly ladder: Ladder
  readonly passes: Estimate
  readonly microUsd: Estimate | null
  readonly durationMs: Estimate
  readonly netUsd: Estimate | null
  readonly seen: number
}

/** Means and intervals of an outlook. */
export function figuresOf(outlook: Outlook, worth: Worth | null): LadderFigures {
  const net = worth === null ? null : netUsd(outlook, worth)
  return {
    ladder: outlook.ladder,
    passes: estimateOf(outlook.passes),
    microUsd: outlook.microUsd === null ? null : estimateOf(outlook.microUsd),
    durationMs: estimateOf(outlook.durationMs),
    netUsd: net === null ? null : estimateOf(net),
    seen: outlook.seen,
  }
}
