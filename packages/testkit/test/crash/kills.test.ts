import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  containmentLevels,
  type CrashSuite,
  openCrashSuite,
  randomKills,
  seededRandom,
} from '../../src/crash/index.js'
import { compileChild } from './support/child-program.js'

// A sample; `pnpm test:kills` tries more. A failure names the seed in its title: KILL_SEED repeats it.
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000)
const program = compileChild()
let suite: CrashSuite
beforeAll(() => {
  suite = openCrashSuite({ program: program.file })
})
afterAll(() => suite.close())

it.runIf(process.platform === 'linux')(
  `whichever process is killed at random, the run reaches the same tree (seed ${seed})`,
  async () => {
    const scenario = 'parallel-tasks'
    const { available } = await containmentLevels()
    const expected = await suite.enumerate(scenario)
    // Early enough that there is a process to kill, however fast the machine.
    const kills = randomKills(6, { [scenario]: 1500 }, available, seededRandom(seed))
    const outcomes = await suite.kill(kills, () => expected)
    expect(outcomes.filter(({ complaints }) => complaints.length > 0)).toEqual([])
    expect(outcomes.some(({ killed }) => killed)).toBe(true)
  },
  240_000,
)

it('the same random numbers make the same kills, of every kind within a dozen', () => {
  const make = () => randomKills(12, { a: 100, b: 50 }, ['namespace', 'group'], seededRandom(3))
  expect(make()).toEqual(make())
  const kills = make()
  expect(new Set(kills.map(({ victim }) => victim)).size).toBe(4)
  expect(new Set(kills.map(({ processes }) => processes)).size).toBe(2)
  expect(kills.filter(({ stoppedMs }) => stoppedMs !== null)).toHaveLength(6)
  for (const { scenario, afterMs } of kills) expect(afterMs).toBeLessThan(scenario === 'a' ? 100 : 50)
})
