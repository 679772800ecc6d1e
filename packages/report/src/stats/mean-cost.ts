import type { Cost } from '../cost.js'
import { mean } from './quantile.js'

/** Mean in micro-dollars; null when there is none, or one of them is not known in full. */
export function meanCost(items: readonly { readonly cost: Cost }[]): number | null {
  return items.some(({ cost }) => cost.unpriced) ? null : mean(items.map(({ cost }) => cost.microUsd))
}
