import type { RunPlan } from '@gump/engine'
import { parseDuration } from '@gump/schema'

import type { Configuration } from '../config/configuration.js'
import { usageError } from '../usage-error.js'
import type { RunCommandOptions } from './options.js'

/** Limits as the engine takes them; absent ones are not limited. */
export interface RequestedLimits {
  readonly maxBudget?: number
  readonly maxTokens?: number
  readonly maxTimeoutMs?: number
}

/** What the command line says. */
export function limitsFromFlags(
  options: Pick<RunCommandOptions, 'maxBudget' | 'maxTokens' | 'maxTimeout'>,
): RequestedLimits {
  const { maxBudget, maxTokens, maxTimeout } = options
  const usd = maxBudget === undefined ? undefined : Number(maxBudget)
  if (usd !== undefined && !(Number.isFinite(usd) && usd > 0)) {
    throw usageError(`--max-budget wants a number of USD above 0, and got "${maxBudget}"`, 'run')
  }
  const ms = maxTimeout === undefined ? undefined : parseDuration(maxTimeout)
  if (ms === null) {
    throw usageError(`--max-timeout wants a duration such as 90s, 30m, 1h30m, and got "${maxTimeout}"`, 'run')
  }
  return {
    ...(usd === undefined ? {} : { maxBudget: usd }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(ms === undefined ? {} : { maxTimeoutMs: ms }),
  }
}

/**
 * What the configuration says, for the limits that neither the command line nor the workflow sets. The budget that a
 * built-in workflow brings is a default like those of the configuration, which is nearer to the person who pays.
 */
export function limitsFromConfiguration(
  config: Configuration,
  { limits, workflow: { origin } }: Pick<RunPlan, 'limits' | 'workflow'>,
): RequestedLimits {
  const workflow = origin === 'builtin' ? { ...limits, maxBudgetUsd: undefined } : limits
  const maxBudget = config.number('budget', 'max_budget')
  const maxTokens = config.number('budget', 'max_tokens')
  const maxTimeoutMs = parseDuration(config.text('budget', 'max_timeout') ?? '')
  return {
    ...(maxBudget === undefined || workflow.maxBudgetUsd !== undefined ? {} : { maxBudget }),
    ...(maxTokens === undefined || workflow.maxTokens !== undefined ? {} : { maxTokens }),
    ...(maxTimeoutMs === null || workflow.maxTimeoutMs !== undefined ? {} : { maxTimeoutMs }),
  }
}
