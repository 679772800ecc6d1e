import { advise, type AdviceOptions, type RunRecord } from '@gump/advice'
import { describe, expect, test } from 'vitest'
import { chain, runOf, runsOf } from './support/made.js'

const worth = { valueUsd: 2, hourUsd: 0 }
const judge = (records: readonly RunRecord[], over: Partial<AdviceOptions> = {}) =>
  advise(records, { workflow: 'w', step: 'impl', worth, ...over })

describe('the ladder in use', () => {
  test('is the one that the newest runs went by', () => {
    const records = [...runsOf(10, 'a a b+'), runOf(20, [chain('cheap good+')]), runOf(21, [chain('cheap+')])]
    expect(judge(records).inUse?.ladder).toEqual(['cheap', 'good'])
  })

  test('ends where a run gave up', () => {
    const records = [...runsOf(10, 'cheap good+'), runOf(20, [chain('cheap')])]
    expect(judge(records).inUse?.ladder).toEqual(['cheap'])
  })
})

describe('a verdict', () => {
  test('there is none from too few runs, and it says how many are missing', () => {
    expect(judge([])).toMatchObject({
      verdict: 'not_enough_data',
      inUse: null,
      missing: { tasks: 5, runs: 10 },
    })
    expect(judge(runsOf(3, 'cheap+'))).toMatchObject({
      verdict: 'not_enough_data',
      missing: { tasks: 2, runs: 7 },
    })
    const many = [
      runOf(
        1,
        Array.from({ length: 40 }, () => chain('cheap+')),
      ),
    ]
    expect(judge(many)).toMatchObject({ verdict: 'not_enough_data', missing: { tasks: 0, runs: 9 } })
  })

  test('an escalation that costs more than it brings is dropped', () => {
    const records = runsOf(60, 'cheap+', 'cheap+', 'cheap dear', 'cheap dear', 'cheap dear+', 'cheap dear')
    const advice = judge(records)
    expect(advice).toMatchObject({ verdict: 'change', recommended: { ladder: ['cheap'] } })
    expect(advice.difference?.netUsd?.low).toBeGreaterThan(0)
    expect(advice.difference?.better).toBeGreaterThan(0.95)
    expect(judge(records, { worth: { valueUsd: 100, hourUsd: 0 } })).toMatchObject({
      verdict: 'keep',
      recommended: null,
    })
  })

  test('strong agents are judged by first tries where they tried first, and by later ones where they did not', () => {
    // good passes nine of ten tasks, but only two of ten of those that cheap had failed.
    const records = [
      ...runsOf(50, 'cheap good', 'cheap good', 'cheap good', 'cheap good', 'cheap good+'),
      ...Array.from({ length: 30 }, (_, n) => runOf(100 + n, [chain(n % 10 === 0 ? 'good' : 'good+')])),
    ]
    const rates = Object.fromEntries(
      judge(records).cells.map(({ failed, agent, rate }) => [`${failed.join()}>${agent}`, rate.mean]),
    )
    expect(rates['>good']).toBeGreaterThan(0.75)
    expect(rates['cheap>good']).toBeLessThan(0.3)
  })

  test('time counts for what an hour is worth', () => {
    const slow = chain('cheap slow+')
    const tries = slow.tries.map((one) => (one.agent === 'slow' ? { ...one, durationMs: 7_200_000 } : one))
    const records = Array.from({ length: 40 }, (_, n) =>
      runOf(n, [n % 2 === 0 ? { ...slow, tries } : chain('cheap+')]),
    )
    expect(judge(records).verdict).toBe('keep')
    expect(judge(records, { worth: { valueUsd: 2, hourUsd: 20 } })).toMatchObject({
      verdict: 'change',
      recommended: { ladder: ['cheap'] },
    })
  })

  test('without the values of the user there are several answers', () => {
    const records = runsOf(60, 'cheap+', 'cheap good+', 'cheap good')
    const advice = judge(records, { worth: null })
    expect(advice).toMatchObject({ verdict: 'values_missing', recommended: null })
    expect(advice.frontier.map(({ ladder }) => ladder)).toEqual([['cheap'], ['cheap', 'good']])
    expect(advice.inUse?.netUsd).toBeNull()
  })

  test('what has no price is not recommended for its price', () => {
    const free = chain('cheap good+')
    const tries = free.tries.map((one) => (one.agent === 'good' ? { ...one, microUsd: null } : one))
    const records = Array.from({ length: 40 }, (_, n) => runOf(n, [{ ...free, tries }]))
    expect(judge(records)).toMatchObject({ verdict: 'keep', inUse: { microUsd: null } })
  })
})

describe('what was never tried', () => {
  test('is not recommended, and is what to try', () => {
    const records = [
      ...runsOf(40, 'cheap+', 'cheap'),
      ...Array.from({ length: 2 }, (_, n) => runOf(50 + n, [chain('good+')])),
    ]
    const advice = judge([...records, runOf(90, [chain('cheap')])], { worth: { valueUsd: 20, hourUsd: 0 } })
    expect(advice.verdict).toBe('keep')
    expect(advice.trial).toMatchObject({ agent: 'good' })
    expect(advice.trial?.tasks).toBeGreaterThan(2)
    expect(advice.trial?.gainUsd).toBeGreaterThan(0)
  })

  test('nothing is to be tried when nothing can be gained', () => {
    expect(judge(runsOf(40, 'cheap+'), { worth: { valueUsd: 0.2, hourUsd: 0 } }).trial).toBeNull()
  })
})

test('the kind of a task has rates of its own, drawn towards those of the step', () => {
  const records = Array.from({ length: 40 }, (_, n) =>
    runOf(n, [chain(n % 2 === 0 ? 'cheap+' : 'cheap', { kind: n % 2 === 0 ? 'api' : 'ui' })]),
  )
  const mean = (kind: string | null) => judge(records, { kind }).cells[0]?.rate.mean ?? Number.NaN
  expect(mean('api')).toBeGreaterThan(0.8)
  expect(mean('ui')).toBeLessThan(0.2)
  expect(mean('new')).toBeCloseTo(0.5)
  expect(mean(null)).toBeCloseTo(0.5)
})

test('tasks of one run that are alike count for less than as many in different runs', () => {
  const width = (records: readonly RunRecord[]) => {
    const rate = judge(records).cells[0]!.rate
    return rate.high - rate.low
  }
  const together = Array.from({ length: 10 }, (_, n) =>
    runOf(
      n,
      Array.from({ length: 6 }, () => chain(n % 2 === 0 ? 'a+' : 'a')),
    ),
  )
  const apart = Array.from({ length: 60 }, (_, n) => runOf(n, [chain(n % 2 === 0 ? 'a+' : 'a')]))
  expect(width(together)).toBeGreaterThan(1.5 * width(apart))
  expect(judge(together).correlation).toBeGreaterThan(0.8)
})

test('an agent that changed is judged by what it does now', () => {
  const records = Array.from({ length: 120 }, (_, n) =>
    runOf(n, [chain(n < 80 || n % 10 === 0 ? 'a' : 'a+')]),
  )
  const advice = judge(records)
  expect(advice.changing).toMatchObject([{ agent: 'a' }])
  expect(advice.cells[0]?.rate.mean).toBeGreaterThan(0.7)
})
