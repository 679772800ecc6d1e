import type { ContainmentLevel } from '@gump/process'
import type { Kill, Victim } from './kill-once.js'
import type { seededRandom } from './seeded-random.js'

// The engine twice as often: it is what everything hangs on.
const victims: readonly Victim[] = ['engine', 'child', 'reaper', 'engine', 'reaper and engine', 'child']

/**
 * Kills at random moments of runs, the same ones for the same random numbers. Kinds of victims, levels, and whether they
 * stand still first, take turns, so that a dozen holds all of them.
 *
 * @param lastMs - by scenario, how long a run takes that nothing disturbs
 */
export function randomKills(
  count: number,
  lastMs: Readonly<Record<string, number>>,
  levels: readonly ContainmentLevel[],
  random: ReturnType<typeof seededRandom>,
): readonly Kill[] {
  const scenarios = Object.keys(lastMs)
  return Array.from({ length: count }, (_, n): Kill => {
    const scenario = scenarios[n % scenarios.length] ?? ''
    return {
      scenario,
      victim: victims[n % victims.length] ?? 'engine',
      afterMs: random.below(Math.max(1, Math.round(lastMs[scenario] ?? 0))),
      stoppedMs: Math.floor(n / victims.length) % 2 === 1 ? random.below(200) : null,
      share: random.below(1000) / 1000,
      processes: levels[(n + Math.floor(n / victims.length)) % levels.length] ?? 'group',
    }
  })
}
