import { casesOf, type RunRecord } from '@gump/advice'
import { formatDuration, type Paint, paintWith, plural } from '@gump/errors'
import { formatCost, formatMicroUsd } from '../format/cost.js'
import { oneLine } from '../format/escape.js'
import { renderTable, type Cell } from '../format/table.js'
import type { RunReport } from '../report.js'
import { groupBy } from '../stats/group-by.js'
import { stats } from '../stats/stats.js'
import type { TextOptions } from './report-text.js'
import { rateText } from './stats-text.js'
import { statusStyle, statusWord } from './words.js'

/**
 * Several runs together, as `gump report --last N` prints them: success rate, cost, time, retries, guard trips, each step
 * with each agent, and the cost of every run as a bar. Ends with a newline.
 *
 * @param reports - oldest first.
 * @param records - of the same runs.
 */
export function renderLast(
  reports: readonly RunReport[],
  records: readonly RunRecord[],
  options: TextOptions = { color: false },
): string {
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
    ...perStepAndAgent(records, paint, options.width),
    '',
    ...trend(reports, paint, options.width),
    '',
  ].join('\n')
}

function perStepAndAgent(records: readonly RunRecord[], paint: Paint, width: number | undefined): string[] {
  // A first try says something else about an agent than one at what others have failed.
  const groups = groupBy(casesOf(records).cases, ({ workflow, step, cell }) =>
    JSON.stringify([workflow, step, cell]),
  )
  const rows = [...groups.values()].flatMap((group): Cell[][] => {
    const first = group[0]
    if (first === undefined) return []
    const passed = group.filter((one) => one.passed).length
    const priced = group.flatMap(({ microUsd }) => microUsd ?? [])
    const time = group.reduce((sum, { durationMs }) => sum + durationMs, 0)
    return [
      [
        { text: oneLine(first.step) },
        { text: oneLine(first.agent) },
        { text: first.failed.length === 0 ? 'first' : `after ${first.failed.map(oneLine).join(', ')}` },
        { text: `${passed} of ${group.length}` },
        {
          text:
            priced.length < group.length
              ? 'unpriced'
              : formatMicroUsd(Math.round(priced.reduce((sum, one) => sum + one, 0) / group.length)),
        },
        { text: formatDuration(time / group.length) },
      ],
    ]
  })
  return rows.length === 0
    ? []
    : [
        '',
        ...renderTable(['Step', 'Agent', 'Tries', 'Passed', 'Mean cost', 'Mean time'], rows, paint, {
          width,
        }),
      ]
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
