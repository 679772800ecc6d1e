import { formatDuration, plural } from '@gump/errors'
import { formatMicroUsd } from '../format/cost.js'
import { oneLine } from '../format/escape.js'
import type { Forecast } from '../stats/forecast.js'

/** Two or three lines for a dry run; ends with a newline. */
export function renderForecastText(forecast: Forecast): string {
  const { microUsd, durationMs } = forecast
  const priced = forecast.unpriced ? ' + unpriced' : ''
  const least = forecast.atLeast ? 'at least ' : ''
  return [
    `Forecast from ${plural(forecast.runs, 'passed run')}:`,
    microUsd === null
      ? '  cost  unpriced'
      : `  cost  P50 ${least}${formatMicroUsd(microUsd.p50)}${priced}  P90 ${least}${formatMicroUsd(microUsd.p90)}${priced}`,
    `  time  P50 ${formatDuration(durationMs.p50)}  P90 ${formatDuration(durationMs.p90)}`,
    ...(forecast.unknown.length === 0
      ? []
      : [`  without ${forecast.unknown.map(oneLine).join(', ')}: not seen before with these agents`]),
    '',
  ].join('\n')
}
