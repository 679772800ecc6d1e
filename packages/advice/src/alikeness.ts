import { groupBy, type Observation, type Tally } from './tally.js'

/** What is assumed before runs show how alike their tries are, and how many comparisons that counts for. */
const assumed = { correlation: 0.1, comparisons: 10 }

/**
 * How alike values of one run are: the intra-class correlation of a one-way analysis of variance with runs as classes, over all cells
 * together, each around its own mean. 0: a further try in the same run says as much as one in another run; 1: it says nothing.
 */
export function alikeness(cells: readonly (readonly Observation[])[]): number {
  let between = 0
  let within = 0
  let runsLessCells = 0
  let triesLessRuns = 0
  let tries = 0
  let squares = 0
  for (const cell of cells) {
    const runs = [...groupBy(cell, ({ run }) => run).values()]
    const mean = meanOf(cell)
    for (const run of runs) {
      const own = meanOf(run)
      between += run.length * (own - mean) ** 2
      within += run.reduce((sum, { value }) => sum + (value - own) ** 2, 0)
      squares += run.length ** 2 / cell.length
    }
    tries += cell.length
    runsLessCells += runs.length - 1
    triesLessRuns += cell.length - runs.length
  }
  const measured = (): number => {
    const perRun = (tries - squares) / runsLessCells
    const meanBetween = between / runsLessCells
    const meanWithin = within / triesLessRuns
    const spread = meanBetween + (perRun - 1) * meanWithin
    return spread <= 0 ? 0 : Math.min(1, Math.max(0, (meanBetween - meanWithin) / spread))
  }
  const comparisons = runsLessCells > 0 ? triesLessRuns : 0
  const seen = comparisons === 0 ? 0 : measured() * comparisons
  return (seen + assumed.correlation * assumed.comparisons) / (comparisons + assumed.comparisons)
}

/** How many independent tries the ones of a tally are worth. */
export function worth(tally: Tally, correlation: number): number {
  return tally.weight / (1 + Math.max(0, tally.perRun - 1) * correlation)
}

function meanOf(observations: readonly Observation[]): number {
  return observations.reduce((sum, { value }) => sum + value, 0) / observations.length
}
