import { formatDuration, paintWith } from '@gump/errors'
import type { DerivedStatus } from '@gump/history'
import type { Usage } from '@gump/ledger'
import { formatUsage } from '../format/cost.js'
import { oneLine } from '../format/escape.js'
import { renderTable, type Cell } from '../format/table.js'
import type { TextOptions } from './report-text.js'
import { statusStyle, statusWord } from './words.js'

/** One run, as a list of runs shows it. */
export interface RunRow {
  readonly alias: string
  readonly status: DerivedStatus
  readonly workflow: string
  /** ISO 8601. */
  readonly startedAt: string
  /** Time it was worked on; null until it has ended. */
  readonly durationMs: number | null
  readonly usage: Usage
  readonly currentSteps?: readonly string[]
  readonly applied?: boolean
  /** What is wrong with its ledger. */
  readonly problem?: { readonly text: string } | null
}

function notesOf({ problem, applied, currentSteps = [] }: RunRow): string {
  if (problem != null) return oneLine(problem.text)
  return applied === true ? 'applied' : currentSteps.map(oneLine).join(', ')
}

/** One line per run, as `gump runs` and `gump status` print them; ends with a newline. */
export function renderRunsTable(runs: readonly RunRow[], options: TextOptions = { color: false }): string {
  if (runs.length === 0) return 'No runs.\n'
  const paint = paintWith(options.color)
  const rows = runs.map((run): Cell[] => {
    return [
      { text: oneLine(run.alias) },
      { text: statusWord(run.status), style: statusStyle(run.status) },
      { text: oneLine(run.workflow) },
      { text: run.startedAt.slice(0, 16).replace('T', ' ') },
      { text: run.durationMs === null ? '—' : formatDuration(run.durationMs) },
      { text: run.status === 'unreadable' ? '—' : formatUsage(run.usage) },
      { text: notesOf(run) },
    ]
  })
  return `${renderTable(['Run', 'Status', 'Workflow', 'Started (UTC)', 'Duration', 'Cost', ''], rows, paint, { width: options.width }).join('\n')}\n`
}
