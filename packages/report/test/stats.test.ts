import { stats, summarise, wilson, type RunReport } from '@gump/report'
import { assert, integer, property, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { completed, done, ended, launching, record, retry, started, step, usage } from './support/record.js'

/** A run of one step that the agent `a` fails first, at a dollar for each try. */
function run(status: 'passed' | 'failed' | 'cancelled' | 'paused', seconds = 10): RunReport {
  const first = { step: 'impl', attempt: 1 }
  const second = { step: 'impl', attempt: 2 }
  return summarise(
    record()
      .put(
        started('w'),
        step({ ...first, agent: 'a', max: 2 }),
        launching({ ...first, agent: 'a' }),
        completed({ ...first, usage: usage(1) }),
        retry({ ...first, agent: 'b', escalated: true }),
        step({ ...second, agent: 'b', max: 2 }),
        launching({ ...second, agent: 'b' }),
        completed({ ...second, usage: usage(1) }),
        done({ ...second, status: status === 'passed' ? 'pass' : 'fatal', ms: 1 }),
      )
      .at(seconds)
      .put(ended(status, usage(2), seconds * 1000)).events,
  )
}

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
  test('add up what all runs have used, and tell what passed of the finished ones', () => {
    expect(stats([run('passed'), run('failed', 30), run('passed', 20)])).toMatchObject({
      runs: 3,
      openRuns: 0,
      passRate: { passed: 2, of: 3 },
      cost: { microUsd: 6_000_000 },
      meanRunMicroUsd: 2_000_000,
      medianRunDurationMs: 20_000,
      retries: 3,
      escalations: 3,
    })
  })

  test('runs that are not finished are in no rate and no mean', () => {
    const open = summarise(
      record().put(started('w'), step({ step: 'impl', agent: 'a' }), launching({ step: 'impl', agent: 'a' }))
        .events,
    )
    const all = [run('passed'), run('paused', 500), run('cancelled', 900), open]
    expect(stats(all)).toMatchObject({
      runs: 4,
      openRuns: 3,
      passRate: { of: 1 },
      cost: { microUsd: 6_000_000 },
      meanRunMicroUsd: 2_000_000,
      medianRunDurationMs: 10_000,
    })
    expect(stats([open])).toMatchObject({ passRate: { of: 0, rate: null }, medianRunDurationMs: null })
    expect(stats([])).toMatchObject({ runs: 0, meanRunMicroUsd: null })
  })
})
