import { calibrate, forecast } from '@gump/advice'
import { describe, expect, test } from 'vitest'
import { chain, runOf } from './support/made.js'

const plan = { workflow: 'w', steps: [{ path: 'impl', agent: 'a', steps: [] }] }
const run = (at: number, usd: number, over = {}) =>
  runOf(at, [chain('a+')], {
    microUsd: usd * 1e6,
    durationMs: usd * 1000,
    inTasks: { microUsd: 0, durationMs: 0 },
    began: { impl: 'a' },
    ...over,
  })

describe('a forecast', () => {
  test('takes ten runs, and says how many are missing', () => {
    const seven = Array.from({ length: 7 }, (_, n) => run(n, 1))
    expect(forecast(seven, plan)).toMatchObject({ missingRuns: 3, microUsd: null, durationMs: null })
    expect(forecast([], plan)).toMatchObject({ missingRuns: 10, unknown: ['impl'] })
  })

  test('is drawn from whole runs, failed ones included', () => {
    const records = Array.from({ length: 19 }, (_, n) =>
      run(n, n + 1, { status: n === 18 ? 'failed' : 'passed' }),
    )
    expect(forecast(records, plan)).toMatchObject({
      failed: 1,
      missingRuns: 0,
      // Later runs count for a little more; the bounds are those that a twentieth run keeps to.
      microUsd: { p50: 11_000_000, p90: 19_000_000 },
      durationMs: { p50: 11_000, p90: 19_000 },
      unknown: [],
    })
  })

  test('leaves out other workflows, replays, open runs, and runs that began a step with another agent', () => {
    const records = [
      ...Array.from({ length: 10 }, (_, n) => run(n, 1)),
      run(20, 99, { workflow: 'other' }),
      run(21, 99, { replay: true }),
      run(22, 99, { status: 'open' }),
      run(23, 99, { began: { impl: 'b' } }),
    ]
    expect(forecast(records, plan)).toMatchObject({
      otherAgents: 1,
      microUsd: { p50: 1_000_000, p90: 1_000_000 },
    })
    const any = { workflow: 'w', steps: [{ path: 'impl', agent: '{agent}', steps: [] }] }
    expect(forecast(records, any)).toMatchObject({ otherAgents: 0 })
  })

  test('is sharpened once the number of tasks is known', () => {
    const records = Array.from({ length: 30 }, (_, n) => {
      const tasks = 1 + (n % 3)
      return run(n, 1 + tasks, { tasks, inTasks: { microUsd: tasks * 1e6, durationMs: tasks * 1000 } })
    })
    expect(forecast(records, plan).microUsd).toEqual({ p50: 3_000_000, p90: 4_000_000 })
    expect(forecast(records, { ...plan, tasks: 2 }).microUsd).toEqual({ p50: 3_000_000, p90: 3_000_000 })
    expect(forecast(records, { ...plan, tasks: 6 })).toMatchObject({ tasks: 6, microUsd: { p50: 7_000_000 } })
  })

  test('says nothing of money when a part has no price', () => {
    const records = Array.from({ length: 12 }, (_, n) => run(n, 1, n === 3 ? { microUsd: null } : {}))
    expect(forecast(records, plan)).toMatchObject({
      unpriced: true,
      microUsd: null,
      durationMs: { p50: 1000 },
    })
  })
})

test('calibration forecasts every run from those before it alone', () => {
  const records = Array.from({ length: 30 }, (_, n) => run(n, n % 2 === 0 ? 1 : 2))
  const { cost, time, rates } = calibrate(records)
  expect(cost.p90).toEqual({ kept: 20, of: 20 })
  expect(time.p50.of).toBe(20)
  expect(rates.map(({ passed }) => passed.of).reduce((sum, of) => sum + of)).toBe(30)
  expect(rates.at(-1)?.passed.kept).toBe(rates.at(-1)?.passed.of)
})
