import { formatDuration, type Paint, paintWith, plural } from '@gump/errors'
import { boundedMicroUsd, formatCost } from '../format/cost.js'
import { formatPercent } from '../format/count.js'
import { oneLine } from '../format/escape.js'
import { renderTable, type Cell } from '../format/table.js'
import type { RunReport } from '../report.js'
import { groupBy, observations } from '../stats/observations.js'
import { stats } from '../stats/stats.js'
import type { TextOptions } from './report-text.js'
import { rateText } from './stats-text.js'
import { statusStyle, statusWord } from './words.js'

/**
 * Several runs together, as `gump report --last N` prints them: success rate, cost, time, retries, guard trips, each step
 * with each agent, and the cost of every run as a bar. Ends with a newline.
 *
 * @param reports - oldest first.
 */
export function renderLast(reports: readonly RunReport[], options: TextOptions = { color: false }): string {
  if (reports.length === 0) return 'No runs.\n'
  const paint = paintWith(options.color)
  const all = stats(reports)
  return [
    `Last ${plural(reports.length, 'run')}`,
    [
      `Success: ${rateText(all.passRate)}`,
      `Cost: ${formatCost(all.cost)}`,
      `Time: ${formatDuration(reports.reduce((sum, report) => sum + report.durationMs, 0))}`,
      plural(all.retries, 'retry', 'retries'),
      plural(all.guardTrips, 'guard trip'),
    ].join(' · '),
    ...perStepAndAgent(reports, paint),
    '',
    ...trend(reports, paint, options.width),
    '',
  ].join('\n')
}

function perStepAndAgent(reports: readonly RunReport[], paint: Paint): string[] {
  const groups = [
    ...groupBy(observations(reports), (o) => JSON.stringify([o.workflow, o.step, o.agent])).values(),
  ]
  const rows = groups.flatMap((group): Cell[][] => {
    const first = group[0]
    if (first === undefined) return []
    const passed = group.filter((o) => o.passed).length
    const micro = group.reduce((sum, o) => sum + o.cost.microUsd, 0)
    const time = group.reduce((sum, o) => sum + o.durationMs, 0)
    return [
      [
        { text: oneLine(first.step) },
        { text: oneLine(first.agent) },
        { text: String(group.length) },
        { text: `${formatPercent(passed / group.length)}` },
        {
          text: group.some((o) => o.cost.unpriced)
            ? 'unpriced'
            : boundedMicroUsd(
                Math.round(micro / group.length),
                group.find((o) => o.cost.atLeast === true)?.cost ?? {},
              ),
        },
        { text: formatDuration(time / group.length) },
      ],
    ]
  })
  return rows.length === 0
    ? []
    : ['', ...renderTable(['Step', 'Agent', 'Attempts', 'Passed', 'Mean cost', 'Mean time'], rows, paint)]
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

function trend(reports: readonly RunReport[], paint: Paint, width = 80): string[] {
  const most = Math.max(1, ...reports.map((report) => report.cost.microUsd))
  const room = Math.max(10, Math.min(40, width - 50))
  const rows = reports.map((report): Cell[] => [
    { text: oneLine(report.alias) },
    { text: statusWord(report.status), style: statusStyle(report.status) },
    { text: formatCost(report.cost) },
    { text: bar((report.cost.microUsd / most) * room), style: 'cyan' },
  ])
  return renderTable(['Run', 'Status', 'Cost', 'Cost trend'], rows, paint)
}

function bar(length: number): string {
  const parts = Math.round(length * 8)
  return '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '')
}
