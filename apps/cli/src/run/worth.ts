import type { Worth } from '@gump/advice'

import type { Configuration } from '../config/configuration.js'

/** What the user takes a passed task and an hour to be worth; null while they have not said what a task is. */
export function worthOf(config: Configuration): Worth | null {
  const valueUsd = config.number('advice', 'value_usd')
  return valueUsd === undefined ? null : { valueUsd, hourUsd: config.number('advice', 'hour_usd') ?? 0 }
}
