import type { Forecast } from '@gump/advice'
import { formatDuration, plural } from '@gump/errors'
import { formatMicroUsd } from '../format/cost.js'
import { oneLine } from '../format/escape.js'

/** Two or three lines for a dry run or a run; ends with a newline. Empty when nothing like it ever ran. */
export function renderForecastText(forecast: Forecast): string {
  const { runs, failed, missingRuns, tasks, microUsd, durationMs, unpriced, unknown } = forecast
  if (runs.length === 0) return ''
  if (durationMs === null) {
    return `Forecast: too few runs, ${plural(missingRuns, 'more finished one')} with these agents needed.\n`
  }
  const of = tasks === null ? '' : ` of ${plural(tasks, 'task')}`
  const cost =
    microUsd === null
      ? unpriced
        ? '  cost  unpriced'
        : null
      : `  cost  P50 ${formatMicroUsd(microUsd.p50)}  P90 ${formatMicroUsd(microUsd.p90)}`
  return [
    `Forecast for a run${of}, from ${plural(runs.length, 'finished run')}${failed === 0 ? '' : `, ${failed} of them failed`}:`,
    ...(cost === null ? [] : [cost]),
    `  time  P50 ${formatDuration(durationMs.p50)}  P90 ${formatDuration(durationMs.p90)}`,
    ...(unknown.length === 0 ? [] : [`  without ${unknown.map(oneLine).join(', ')}: not seen in these runs`]),
    '',
  ].join('\n')
}

/** The same in one line, for a run in progress; null when there are too few runs to say anything. */
export function renderForecastLine({ runs, tasks, microUsd, durationMs }: Forecast): string | null {
  if (durationMs === null) return null
  const of = tasks === null ? '' : ` of ${plural(tasks, 'task')}`
  const cost =
    microUsd === null
      ? ''
      : `cost P50 ${formatMicroUsd(microUsd.p50)}, P90 ${formatMicroUsd(microUsd.p90)} · `
  const time = `time P50 ${formatDuration(durationMs.p50)}, P90 ${formatDuration(durationMs.p90)}`
  return `Forecast for a run${of}: ${cost}${time} · from ${plural(runs.length, 'run')}`
}
