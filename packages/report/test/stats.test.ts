import { forecast, stats, summarise, wilson, type RunReport } from '@gump/report'
import type { NewEvent } from '@gump/ledger'
import { assert, integer, property, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { completed, done, ended, launching, record, retry, started, step, usage } from './support/record.js'

/** A run of one step: each attempt with its agent and cost, passing with the last one or not at all. */
function run(
  tries: readonly (readonly [agent: string, cost: number])[],
  passes: boolean,
  workflow = 'w',
): RunReport {
  const recording = record().put(started(workflow))
  const events = tries.flatMap(([agent, cost], index): NewEvent[] => {
    const where = { step: 'impl', attempt: index + 1 }
    const next = tries[index + 1]
    return [
      step({ ...where, agent, max: 9 }),
      launching({ ...where, agent }),
      completed({ ...where, usage: usage(cost) }),
      next === undefined
        ? done({ ...where, status: passes ? 'pass' : 'fatal', ms: 1 })
        : retry({ ...where, agent: next[0] }),
    ]
  })
  return summarise(
    recording
      .put(...events)
      .at(10)
      .put(ended(passes ? 'passed' : 'failed', usage(1), 10_000)).events,
  )
}

const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value)

describe('the Wilson interval', () => {
  test.each([
    [0, 10, 0, 0.2775],
    [5, 10, 0.2366, 0.7634],
    [10, 10, 0.7225, 1],
    [1, 1, 0.2065, 1],
    [81, 263, 0.2553, 0.3662],
  ])('%i of %i', (passed, of, low, high) => {
    const rate = wilson(passed, of)
    expect(rate.low).toBeCloseTo(low, 4)
    expect(rate.high).toBeCloseTo(high, 4)
  })

  test('holds the share and stays between 0 and 1', () => {
    const counts = tuple(integer({ min: 0, max: 500 }), integer({ min: 1, max: 500 })).filter(
      ([k, n]) => k <= n,
    )
    assert(
      property(counts, ([k, n]) => {
        const { low, high } = wilson(k, n)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(k / n + 1e-12)
        expect(high).toBeGreaterThanOrEqual(k / n - 1e-12)
      }),
    )
    expect(wilson(0, 0)).toMatchObject({ rate: null, low: 0, high: 1 })
  })
})

describe('statistics', () => {
  test('per step, agent and attempt', () => {
    const all = stats([
      run([['a', 0.1]], true),
      run(
        [
          ['a', 0.1],
          ['b', 0.4],
        ],
        true,
      ),
      run(
        [
          ['a', 0.3],
          ['a', 0.1],
        ],
        false,
      ),
    ])
    expect(all).toMatchObject({ runs: 3, passRate: { passed: 2, of: 3 }, retries: 2, escalations: 1 })
    expect(
      all.cells.map((cell) => [
        cell.agent,
        cell.attempt,
        cell.passRate.passed,
        cell.passRate.of,
        Math.round(cell.meanMicroUsd ?? Number.NaN),
      ]),
    ).toEqual([
      ['a', 1, 1, 3, 166_667],
      ['b', 2, 1, 1, 400_000],
      ['a', 2, 0, 1, 100_000],
    ])
  })

  test('an interrupted run does not count as failed', () => {
    const open = summarise(
      record().put(started('w'), step({ step: 'impl', agent: 'a' }), launching({ step: 'impl', agent: 'a' }))
        .events,
    )
    expect(stats([open])).toMatchObject({ runs: 1, passRate: { of: 0, rate: null }, cells: [] })
    expect(stats([])).toMatchObject({ runs: 0, meanRunMicroUsd: null })
  })

  test('escalation pays when the intervals say so, and only then', () => {
    const escalated = times(
      20,
      run(
        [
          ['a', 0.1],
          ['b', 0.5],
        ],
        true,
      ),
    )
    const repeated = times(
      20,
      run(
        [
          ['a', 0.1],
          ['a', 0.1],
        ],
        false,
      ),
    )
    expect(stats([...escalated, ...repeated]).escalation).toMatchObject([
      {
        from: 'a',
        to: 'b',
        escalated: { passed: 20, of: 20 },
        sameAgain: { passed: 0, of: 20 },
        pays: 'yes',
      },
    ])
    expect(
      stats([
        run(
          [
            ['a', 0.1],
            ['b', 0.5],
          ],
          true,
        ),
      ]).escalation,
    ).toMatchObject([{ pays: 'unclear' }])
    const vain = [
      ...times(
        20,
        run(
          [
            ['a', 0.1],
            ['b', 0.5],
          ],
          false,
        ),
      ),
      ...times(
        20,
        run(
          [
            ['a', 0.1],
            ['a', 0.1],
          ],
          true,
        ),
      ),
    ]
    expect(stats(vain).escalation).toMatchObject([{ pays: 'no' }])
  })

  test('a ladder goes from cheap per pass to reliable, and knows what it does not know', () => {
    const reports = [
      ...times(4, run([['cheap', 0.1]], true)),
      ...times(6, run([['cheap', 0.1]], false)),
      ...times(9, run([['good', 1]], true)),
      run([['good', 1]], false),
      ...times(5, run([['worse', 2]], true)),
      ...times(5, run([['worse', 2]], false)),
      ...times(8, run([['never', 0.01]], false)),
      run([['new', 0.2]], true),
    ]
    const [ladder] = stats(reports).ladders
    expect(ladder?.rungs.map((rung) => rung.agent)).toEqual(['cheap', 'good'])
    expect(ladder?.undecided).toEqual(['new'])
    expect(ladder?.expectedMicroUsd).toBe(100_000 + 600_000)
    expect(ladder?.expectedPassRate).toBeCloseTo(0.94)
  })
})

describe('a forecast', () => {
  const plan = (agent: string | null) => ({ workflow: 'w', steps: [{ path: 'impl', agent, steps: [] }] })

  test('is drawn from runs that passed, of the same workflow and agent', () => {
    const history = [
      ...times(8, run([['a', 1]], true)),
      ...times(
        2,
        run(
          [
            ['a', 1],
            ['b', 3],
          ],
          true,
        ),
      ),
      run([['a', 99]], false),
      run([['a', 50]], true, 'other'),
      run([['z', 70]], true),
    ]
    const found = forecast(history, plan('a'))
    expect(found).toMatchObject({
      runs: 11,
      microUsd: { p50: 1_000_000, p90: 4_000_000 },
      unknown: [],
      unpriced: false,
    })
    expect(forecast(history, plan('a'))).toEqual(found)
    expect(forecast(history, plan('{converge.agent}'))).toMatchObject({ unknown: [] })
    expect(forecast(history, plan('q'))).toBeNull()
    expect(forecast([], plan('a'))).toBeNull()
  })
})
