import { advise, type Advice, type RunRecord } from '@gump/advice'
import { array, assert, constantFrom, integer, property, shuffledSubarray } from 'fast-check'
import { expect, test } from 'vitest'
import { chain, runOf } from './support/made.js'

const options = { workflow: 'w', step: 'impl', worth: { valueUsd: 5, hourUsd: 0 } }
const ladders = constantFrom('a+', 'a b+', 'a b', 'b+', 'a a+', 'c b a+', 'b c')
const histories = array(array(ladders, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 40 }).map(
  (runs) =>
    runs.map((tries, n) =>
      runOf(
        n,
        tries.map((one) => chain(one)),
      ),
    ),
)

function renamed(records: readonly RunRecord[], names: Readonly<Record<string, string>>): RunRecord[] {
  return records.map((run) => ({
    ...run,
    chains: run.chains.map((one) => ({
      ...one,
      tries: one.tries.map((attempt) => ({ ...attempt, agent: names[attempt.agent] ?? attempt.agent })),
    })),
  }))
}

/** Figures, with the names of agents replaced, in an order that does not depend on them. */
function figures(advice: Advice, names: Readonly<Record<string, string>> = {}) {
  const name = (agent: string): string => names[agent] ?? agent
  return {
    verdict: advice.verdict,
    inUse: advice.inUse && { ...advice.inUse, ladder: advice.inUse.ladder.map(name) },
    recommended: advice.recommended && { ...advice.recommended, ladder: advice.recommended.ladder.map(name) },
    rates: new Map(
      advice.cells.map(({ failed, agent, rate }) => [
        JSON.stringify([failed.map(name).toSorted(), name(agent)]),
        rate,
      ]),
    ),
  }
}

test('the order in which runs are given does not matter', () => {
  assert(
    property(
      histories,
      histories.chain((records) => shuffledSubarray(records, { minLength: records.length })),
      (_, records) => {
        const inTime = records.toSorted((a, b) => a.at - b.at)
        expect(advise(records, options)).toEqual(advise(inTime, options))
      },
    ),
    { numRuns: 20 },
  )
})

test('agents are judged by what they did, not by their names', () => {
  const names = { a: 'zebra', b: 'ant', c: 'mole' }
  const back = { zebra: 'a', ant: 'b', mole: 'c' }
  assert(
    property(histories, (records) => {
      expect(figures(advise(renamed(records, names), options), back)).toEqual(
        figures(advise(records, options)),
      )
    }),
    { numRuns: 20 },
  )
})

test('more of the same makes intervals narrower', () => {
  assert(
    property(integer({ min: 1, max: 9 }), (passes) => {
      const widths = [10, 40, 160].map((count) => {
        const runs = Array.from({ length: count }, (_, n) =>
          runOf(n, [chain((n * 7) % 10 < passes ? 'a+' : 'a')]),
        )
        const rate = advise(runs, options).cells[0]!.rate
        return rate.high - rate.low
      })
      expect(widths[1]!).toBeLessThan(widths[0]!)
      expect(widths[2]!).toBeLessThan(widths[1]!)
    }),
    { numRuns: 9 },
  )
})

test('every figure stays within its bounds, whatever the history', () => {
  assert(
    property(histories, (records) => {
      const advice = advise(records, options)
      for (const { rate, microUsd } of advice.cells) {
        expect(rate.low).toBeGreaterThanOrEqual(0)
        expect(rate.high).toBeLessThanOrEqual(1)
        expect(rate.low).toBeLessThanOrEqual(rate.mean)
        expect(microUsd?.low).toBeGreaterThan(0)
      }
      if (advice.recommended !== null) expect(advice.recommended.seen).toBeGreaterThanOrEqual(5)
    }),
    { numRuns: 20 },
  )
})
