import { formatDuration, type Paint, paintWith, plural } from '@gump/errors'
import type { Cost } from '../cost.js'
import { boundedMicroUsd, formatCost } from '../format/cost.js'
import { formatPercent } from '../format/count.js'
import { oneLine } from '../format/escape.js'
import { renderTable } from '../format/table.js'
import type { RunStats } from '../stats/stats.js'
import type { Rate } from '../stats/wilson.js'
import type { TextOptions } from './report-text.js'

/** Statistics over runs, as `gump stats` prints them; ends with a newline. */
export function renderStatsText(stats: RunStats, options: TextOptions = { color: false }): string {
  if (stats.runs === 0) return 'No runs.\n'
  const paint = paintWith(options.color)
  const several = new Set(stats.cells.map((cell) => cell.workflow)).size > 1
  const name = (entry: { workflow: string; step: string }): string =>
    oneLine(several ? `${entry.workflow}: ${entry.step}` : entry.step)
  return [
    `${plural(stats.runs, 'run')} · Pass rate: ${rateText(stats.passRate)} · Cost: ${formatCost(stats.cost)}${meanText(stats)}`,
    [
      `Median duration: ${formatDuration(stats.medianRunDurationMs ?? 0)}`,
      plural(stats.retries, 'retry', 'retries'),
      plural(stats.escalations, 'escalation'),
      plural(stats.guardTrips, 'guard trip'),
      ...(stats.unchangedSteps === 0 ? [] : [`${plural(stats.unchangedSteps, 'code step')} changed nothing`]),
    ].join(' · '),
    ...cellLines(stats, name, paint),
    ...escalationLines(stats, name, paint),
    ...ladderLines(stats, name, paint),
    '',
  ].join('\n')
}

type Name = (entry: { workflow: string; step: string }) => string

function meanText(stats: RunStats): string {
  return stats.meanRunMicroUsd === null
    ? ''
    : ` (${boundedMicroUsd(Math.round(stats.meanRunMicroUsd), stats.cost)} per run)`
}

/** A mean or an expectation, where all prices are known. */
function costText(microUsd: number | null, of: Pick<Cost, 'atLeast'>): string {
  return microUsd === null ? 'unpriced' : boundedMicroUsd(Math.round(microUsd), of)
}

/** `67% (95 % interval 30–90%, n=6)`. */
export function rateText(rate: Rate): string {
  if (rate.rate === null) return '—'
  return `${formatPercent(rate.rate)} (${formatPercent(rate.low)}–${formatPercent(rate.high)}, n=${rate.of})`
}

function cellLines(stats: RunStats, name: Name, paint: Paint): string[] {
  if (stats.cells.length === 0) return []
  const rows = stats.cells.map((cell) => [
    name(cell),
    oneLine(cell.agent),
    String(cell.attempt),
    rateText(cell.passRate),
    costText(cell.meanMicroUsd, cell.cost),
    formatDuration(cell.medianDurationMs),
  ])
  return [
    '',
    ...renderTable(
      ['Step', 'Agent', 'Attempt', 'Pass rate (95% interval)', 'Mean cost', 'Median time'],
      rows,
      paint,
    ),
  ]
}

function escalationLines(stats: RunStats, name: Name, paint: Paint): string[] {
  if (stats.escalation.length === 0) return []
  const rows = stats.escalation.map((entry) => [
    name(entry),
    `${oneLine(entry.from)} → ${oneLine(entry.to)}`,
    rateText(entry.escalated),
    rateText(entry.sameAgain),
    costText(entry.meanMicroUsd, stats.cost),
    entry.pays,
  ])
  return [
    '',
    paint('bold', 'Escalation'),
    ...renderTable(
      ['Step', 'Agents', 'Passed after it', 'Same agent again', 'Mean cost', 'Pays'],
      rows,
      paint,
    ),
  ]
}

function ladderLines(stats: RunStats, name: Name, paint: Paint): string[] {
  if (stats.ladders.length === 0) return []
  const rows = stats.ladders.map((ladder) => [
    name(ladder),
    ladder.rungs.map((rung) => oneLine(rung.agent)).join(' → '),
    formatPercent(ladder.expectedPassRate),
    costText(ladder.expectedMicroUsd, stats.cost),
  ])
  return [
    '',
    paint('bold', 'Recommended ladder'),
    ...renderTable(['Step', 'Agents', 'Expected to pass', 'Expected cost'], rows, paint),
  ]
}
