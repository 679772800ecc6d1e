import type { RunLimits } from '@gump/ledger'

/** Limits as a caller names them. */
export interface RequestedLimits {
  readonly maxBudget?: number
  readonly maxTokens?: number
  readonly maxTimeoutMs?: number
}

/** Those of them that are set, as the ledger names them. */
export function requestedLimits({ maxBudget, maxTokens, maxTimeoutMs }: RequestedLimits): RunLimits {
  return {
    ...(maxBudget === undefined ? {} : { max_budget_usd: maxBudget }),
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...(maxTimeoutMs === undefined ? {} : { max_timeout_ms: maxTimeoutMs }),
  }
}
