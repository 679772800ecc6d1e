import type { Case } from './cases.js'

/** After how many runs a case counts for half; `Infinity`: never. */
export type HalfLife = number

/** How likely each half-life is held to be before anything is seen: two of three agents never change. */
const beforehand: readonly (readonly [HalfLife, number])[] = [
  [Number.POSITIVE_INFINITY, 0.68],
  [64, 0.08],
  [32, 0.08],
  [16, 0.08],
  [8, 0.08],
]
/** Half-lives less likely than this are left out. */
const leastLikely = 0.02

/** A half-life, and how likely it is. */
export interface LikelyHalfLife {
  readonly halfLife: HalfLife
  readonly share: number
}

/** What a case of the run at this place counts for, beside the newest one. */
export function weightOf(order: number, newest: number, halfLife: HalfLife): number {
  return halfLife === Number.POSITIVE_INFINITY ? 1 : 0.5 ** ((newest - order) / halfLife)
}

/**
 * How fast an agent changes: each half-life predicts every one of its cases from those of earlier runs, and is as likely as it did well. None
 * is picked: all that are likely have their share in what is drawn, so that doubt about change makes intervals wider.
 *
 * @param cases - of one agent, oldest first
 */
export function likelyHalfLives(cases: readonly Case[]): readonly LikelyHalfLife[] {
  const scored = beforehand.map(([halfLife, share]) => ({
    halfLife,
    score: Math.log(share) + predictive(cases, halfLife),
  }))
  const best = Math.max(...scored.map(({ score }) => score))
  const kept = shares(scored.map(({ halfLife, score }) => ({ halfLife, share: Math.exp(score - best) })))
  return shares(kept.filter(({ share }) => share >= leastLikely))
}

function shares(all: readonly LikelyHalfLife[]): LikelyHalfLife[] {
  const total = all.reduce((sum, { share }) => sum + share, 0)
  return all.map(({ halfLife, share }) => ({ halfLife, share: share / total }))
}

interface Counts {
  passes: number
  failures: number
  order: number
}

function predictive(cases: readonly Case[], halfLife: HalfLife): number {
  const cells = new Map<string, Counts>()
  let sum = 0
  let waiting: Case[] = []
  const learn = (): void => {
    for (const seen of waiting) {
      const key = seen.cell
      const counts = cells.get(key) ?? { passes: 0, failures: 0, order: seen.order }
      const kept = weightOf(counts.order, seen.order, halfLife)
      counts.passes = counts.passes * kept + (seen.passed ? 1 : 0)
      counts.failures = counts.failures * kept + (seen.passed ? 0 : 1)
      counts.order = seen.order
      cells.set(key, counts)
    }
    waiting = []
  }
  for (const seen of cases) {
    // Cases of one run are alike: none of them predicts another.
    if (waiting[0] !== undefined && waiting[0].order !== seen.order) learn()
    const counts = cells.get(seen.cell)
    if (counts !== undefined) {
      const kept = weightOf(counts.order, seen.order, halfLife)
      const passes = counts.passes * kept + 1
      const failures = counts.failures * kept + 1
      sum += Math.log((seen.passed ? passes : failures) / (passes + failures))
    }
    waiting.push(seen)
  }
  return sum
}
