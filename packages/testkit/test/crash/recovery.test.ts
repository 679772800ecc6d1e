import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  containmentLevels,
  type CrashSuite,
  openCrashSuite,
  type Recovery,
  scenarios,
  seededRandom,
  slowScenario,
  thinPoints,
} from '../../src/crash/index.js'
import { compileChild } from './support/child-program.js'

// A sample; `pnpm test:crash` tries every point. A failure names the seed in its title: CRASH_SEED repeats it.
const seed = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000)
const program = compileChild()
let suite: CrashSuite
beforeAll(() => {
  suite = openCrashSuite({ program: program.file })
})
afterAll(() => suite.close())

const wrong = (recoveries: readonly Recovery[]): readonly Recovery[] =>
  recoveries.filter((recovery) => !recovery.died || recovery.complaints.length > 0)

it(`a run that is killed at any point ends, once resumed, like one that was not (seed ${seed})`, async () => {
  const random = seededRandom(seed)
  const expectations = new Map(
    await Promise.all(scenarios.map(async ({ name }) => [name, await suite.enumerate(name)] as const)),
  )
  const attempts = scenarios.flatMap(({ name }) => {
    const points = thinPoints(expectations.get(name)!.points, 2)
    const [first, second] = random.pick(points, 2)
    return [
      { scenario: name, point: first! },
      { scenario: name, point: second!, again: 1 + random.below(points.length) },
    ]
  })
  const recoveries = await suite.run(attempts, ({ scenario }) => expectations.get(scenario)!)
  expect(wrong(recoveries)).toEqual([])
  expect(recoveries).toHaveLength(2 * scenarios.length)
}, 180_000)

it('an agent that is at work when its engine is killed dies with it, however it is held', async () => {
  const { available } = await containmentLevels()
  expect(available).toContain('group')
  for (const processes of available) {
    const expected = await suite.enumerate(slowScenario.name, processes)
    const points = expected.points.filter(
      ({ name, nth }) => name === 'append:turn_completed:done' && nth === 1,
    )
    const attempts = points.map((point) => ({ scenario: slowScenario.name, point, processes }))
    expect(wrong(await suite.run(attempts, () => expected))).toEqual([])
    expect(attempts).toHaveLength(1)
  }
}, 120_000)

it('a gate that was killed while it looked at another commit judges the right one, once resumed', async () => {
  const expected = await suite.enumerate('bugfix')
  // The second command of the gate runs at the commit before the change.
  const there = expected.points.findIndex(({ name }) => name.endsWith('/gate.fail_to_pass.2'))
  expect(there).toBeGreaterThan(0)
  const points = expected.points.slice(there - 3, there + 4).filter(({ unchanged }) => !unchanged)
  const attempts = points.map((point) => ({ scenario: 'bugfix', point }))
  expect(wrong(await suite.run(attempts, () => expected))).toEqual([])
  expect(attempts.length).toBeGreaterThan(2)
}, 120_000)
