import { spentOf } from '@gump/history'
import { costOf, type Cost } from '../cost.js'
import type { Usage } from '@gump/ledger'

/**
 * `$1.42`, four decimals below one cent, `at least $1.42` when more was used than is reported, `unpriced` or `$1.42 + unpriced`
 * when a price is missing, `—` when no agent ran.
 */
export function formatCost(cost: Cost): string {
  if (!cost.any) return '—'
  const amount = boundedMicroUsd(cost.microUsd, cost)
  if (!cost.unpriced) return amount
  return cost.microUsd === 0 ? 'unpriced' : `${amount} + unpriced`
}

/** The same for a total of the ledger, which is unpriced only if something was used. */
export function formatUsage(usage: Usage): string {
  return formatCost({ ...costOf(spentOf(usage, true)), any: true })
}

/** An amount that is what is known of a cost, or made from such. */
export function boundedMicroUsd(microUsd: number, { atLeast }: Pick<Cost, 'atLeast'>): string {
  return `${atLeast === true ? 'at least ' : ''}${formatMicroUsd(microUsd)}`
}

/** @param microUsd - an integer number of millionths of a dollar. */
export function formatMicroUsd(microUsd: number): string {
  if (microUsd <= 0) return '$0.00'
  if (microUsd >= 10_000) return `$${decimals(Math.floor((microUsd + 5000) / 10_000), 2)}`
  const fourth = Math.floor((microUsd + 50) / 100)
  // 9 999 millionths round up to a whole cent.
  if (fourth >= 100) return '$0.01'
  return fourth === 0 ? '<$0.0001' : `$${decimals(fourth, 4)}`
}

/** Integer arithmetic: 1.005 dollars must not become $1.00. */
function decimals(value: number, places: number): string {
  const digits = String(value).padStart(places + 1, '0')
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`
}
