import type { Calibration, Kept } from '@gump/advice'
import { paintWith } from '@gump/errors'
import { formatPercent } from '../format/count.js'
import { renderTable } from '../format/table.js'
import type { TextOptions } from './report-text.js'

/** How well forecasts from earlier runs would have fitted later ones, as `gump stats --calibration` prints it; ends with a newline. */
export function renderCalibrationText(
  { cost, time, rates }: Calibration,
  options: TextOptions = { color: false },
): string {
  const paint = paintWith(options.color)
  const forecasts = [
    ['cost', cost.p50, cost.p90],
    ['time', time.p50, time.p90],
  ] as const
  const tries = rates.reduce((sum, { passed }) => sum + passed.of, 0)
  return [
    'Every finished run as forecast from the runs before it, beside what happened',
    '',
    ...(forecasts.every(([, p50]) => p50.of === 0)
      ? ['Too few runs to forecast a whole run: ten of the same workflow and agents have to come before it.']
      : renderTable(
          ['Whole run', 'Below P50 (half expected)', 'Below P90 (nine of ten expected)'],
          forecasts.map(([name, p50, p90]) => [name, keptText(p50), keptText(p90)]),
          paint,
        )),
    '',
    ...(tries === 0
      ? ['No tries.']
      : renderTable(
          ['Chance that a try was given', 'Passed'],
          rates
            .filter(({ passed }) => passed.of > 0)
            .map(({ from, to, passed }) => [
              `${formatPercent(from)}–${formatPercent(to)}`,
              `${keptText(passed)} ${passed.of === 1 ? 'try' : 'tries'}`,
            ]),
          paint,
        )),
    '',
  ].join('\n')
}

function keptText({ kept, of }: Kept): string {
  return of === 0 ? '—' : `${formatPercent(kept / of)}, ${kept} of ${of}`
}
