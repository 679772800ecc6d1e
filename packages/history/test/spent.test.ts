import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Usage } from '@gump/ledger'
import { addSpent, nothingSpent, spentOf, subtractSpent, usageOf } from '../src/spent.js'

const count = fc.integer({ min: 0, max: 1e9 })
const anyUsage: fc.Arbitrary<Usage> = fc.record({
  tokens: fc.record({ input: count, output: count, cache_read: count, cache_write: count }),
  cost_usd: fc.integer({ min: 0, max: 1e9 }).map((micro) => micro / 1e6),
  cost_source: fc.constantFrom('native', 'estimated', 'unpriced'),
})

it('a figure that is taken away again leaves no trace', () => {
  fc.assert(
    fc.property(anyUsage, anyUsage, fc.boolean(), (a, b, worked) => {
      const before = spentOf(a, worked)
      expect(subtractSpent(addSpent(before, spentOf(b, worked)), spentOf(b, worked))).toEqual(before)
    }),
  )
})

it('a sum is the same in any order, and exact to the micro-dollar', () => {
  fc.assert(
    fc.property(fc.array(anyUsage), (figures) => {
      const sum = (list: readonly Usage[]) =>
        list.reduce((total, usage) => addSpent(total, spentOf(usage)), nothingSpent)
      expect(sum(figures.toReversed())).toEqual(sum(figures))
      const micro = figures.reduce((total, { cost_usd }) => total + Math.round(cost_usd * 1e6), 0)
      expect(usageOf(sum(figures)).cost_usd).toBe(micro / 1e6)
    }),
  )
})
