import { formatDuration, paintWith, plural } from '@gump/errors'
import { boundedMicroUsd, formatCost } from '../format/cost.js'
import { formatPercent } from '../format/count.js'
import type { RunStats } from '../stats/stats.js'
import type { Rate } from '../stats/wilson.js'
import { adviceLines } from './advice-text.js'
import type { TextOptions } from './report-text.js'

/** How statistics are shown. */
export interface StatsTextOptions extends TextOptions {
  /** Name of a run that a figure rests on; given when they are to be shown. */
  readonly runName?: (id: string) => string
}

/** Statistics over runs, as `gump stats` prints them; ends with a newline. */
export function renderStatsText(stats: RunStats, options: StatsTextOptions = { color: false }): string {
  if (stats.runs === 0) return 'No runs.\n'
  const { runs, openRuns } = stats
  const open = openRuns === 0 ? [] : [`${openRuns} not finished, not counted`]
  return [
    [
      plural(runs, 'run'),
      ...open,
      `Pass rate: ${rateText(stats.passRate)}`,
      `Cost: ${formatCost(stats.cost)}${meanText(stats)}`,
    ].join(' · '),
    [
      ...(stats.medianRunDurationMs === null
        ? []
        : [`Median duration: ${formatDuration(stats.medianRunDurationMs)}`]),
      plural(stats.retries, 'retry', 'retries'),
      plural(stats.escalations, 'escalation'),
      plural(stats.guardTrips, 'guard trip'),
      ...(stats.unchangedSteps === 0 ? [] : [`${plural(stats.unchangedSteps, 'code step')} changed nothing`]),
    ].join(' · '),
    ...adviceLines(stats, paintWith(options.color), options.runName),
    '',
  ].join('\n')
}

function meanText(stats: RunStats): string {
  return stats.meanRunMicroUsd === null
    ? ''
    : ` (${boundedMicroUsd(Math.round(stats.meanRunMicroUsd), stats.cost)} per run)`
}

/** `67% (30%–90%, n=6)`: a share with its 95 % interval. */
export function rateText(rate: Rate): string {
  if (rate.rate === null) return '—'
  return `${formatPercent(rate.rate)} (${formatPercent(rate.low)}–${formatPercent(rate.high)}, n=${rate.of})`
}
