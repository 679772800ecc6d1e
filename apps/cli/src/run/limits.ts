import type { RequestedLimits } from '@gump/engine'
import { parseDuration } from '@gump/schema'

import type { Configuration } from '../config/configuration.js'
import { usageError } from '../usage-error.js'
import type { RunCommandOptions } from './options.js'

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

/** What the configuration says. */
export function limitsFromConfiguration(config: Configuration): RequestedLimits {
  const maxBudget = config.number('budget', 'max_budget')
  const maxTokens = config.number('budget', 'max_tokens')
  const maxTimeoutMs = parseDuration(config.text('budget', 'max_timeout') ?? '')
  return {
    ...(maxBudget === undefined ? {} : { maxBudget }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(maxTimeoutMs === null ? {} : { maxTimeoutMs }),
  }
}
