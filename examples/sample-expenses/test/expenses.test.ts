import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseExpenses, totalsByCategory } from '../src/index.js'

const march = `
# flat, March
2026-03-01;rent;900
2026-03-05;food;45.20;market
2026-03-09;food;-5.20;bottles; deposit
`

test('expenses are read line by line', () => {
  assert.deepEqual(parseExpenses(march)[2], {
    date: '2026-03-09',
    category: 'food',
    amount: -520,
    note: 'bottles;deposit',
  })
})

test('a line that is no expense is named', () => {
  assert.throws(() => parseExpenses('2026-03-01;rent;900\nyesterday;food;1'), /line 2/)
})

test('totals take refunds off', () => {
  assert.deepEqual(
    [...totalsByCategory(parseExpenses(march))],
    [
      ['rent', 90000],
      ['food', 4000],
    ],
  )
})
