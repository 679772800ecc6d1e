import type { Expense } from './expenses.js'

/** Cents spent in each category, refunds taken off. */
export function totalsByCategory(expenses: readonly Expense[]): Map<string, number> {
  const totals = new Map<string, number>()
  for (const { category, amount } of expenses) {
    totals.set(category, (totals.get(category) ?? 0) + amount)
  }
  return totals
}
