import { formatDuration, type Paint, paintWith, plural } from '@gump/errors'
import { formatCost } from '../format/cost.js'
import { formatTurns } from '../format/count.js'
import { cutPath, cutTo } from '../format/columns.js'
import { oneLine } from '../format/escape.js'
import { renderTable, type Cell } from '../format/table.js'
import type { RunReport, StepReport } from '../report.js'
import { gatesText, notesText, statusStyle, statusWord } from './words.js'

/** How text is laid out for its reader. */
export interface TextOptions {
  /** Terminal styles; never for pipes. */
  readonly color: boolean
  /** Columns of the terminal; absent: nothing is cut. */
  readonly width?: number
}

/** The summary of a run and one line per step, as `gump report` prints it; ends with a newline. */
export function renderReportText(report: RunReport, options: TextOptions = { color: false }): string {
  const paint = paintWith(options.color)
  return [
    ...headLines(report, paint),
    '',
    ...stepTable(report, paint, options.width),
    ...closing(report, paint),
    '',
  ].join('\n')
}

/** `Run: …` and the line with status, duration and cost. */
export function headLines(report: RunReport, paint: Paint): string[] {
  return [
    `Run: ${oneLine(report.alias)}`,
    [
      `Workflow: ${oneLine(report.workflow)}`,
      `Status: ${paint(statusStyle(report.status), statusWord(report.status))}`,
      `Duration: ${formatDuration(report.durationMs)}`,
      `Cost: ${formatCost(report.cost)}`,
    ].join(' · '),
    ...(report.replayOf === null
      ? []
      : [
          `Replay of: ${oneLine(report.replayOf.alias ?? report.replayOf.run)} from ${oneLine(report.replayOf.step)}`,
        ]),
  ]
}

function stepTable(report: RunReport, paint: Paint, width: number | undefined): string[] {
  const rows = report.steps.filter(isShown).map((step) => row(step, width))
  return renderTable(['Step', 'Agent', 'Turns', 'Cost', 'Gate'], rows, paint, { width })
}

/** A group without gates or failure says nothing that its steps do not say. */
function isShown(step: StepReport): boolean {
  return step.kind === 'agent' || step.kind === 'gate' || step.gates.length > 0 || step.retries > 0
}

function row(step: StepReport, width: number | undefined): Cell[] {
  const ran = step.cost.any
  const path = oneLine(step.path)
  const gate = [gatesText(step.gates), notesText(step)].filter((part) => part !== '').join(' ')
  const agent = step.kind === 'agent' && step.agent !== null ? oneLine(step.agent) : '—'
  const bad = step.status === 'fatal'
  return [
    { text: width === undefined ? path : cutPath(path, Math.max(12, Math.floor(width * 0.4))) },
    { text: width === undefined ? agent : cutTo(agent, Math.max(8, Math.floor(width * 0.25))) },
    { text: ran ? formatTurns(step.turns) : '—' },
    { text: formatCost(step.cost) },
    bad ? { text: gate, style: 'red' } : { text: gate },
  ]
}

function closing(report: RunReport, paint: Paint): string[] {
  const lines: string[] = []
  const counts = [
    report.retries > 0 ? plural(report.retries, 'retry', 'retries') : '',
    report.escalations > 0 ? plural(report.escalations, 'escalation') : '',
    report.guardTrips > 0 ? plural(report.guardTrips, 'guard trip') : '',
    report.resumes > 0 ? `resumed ${plural(report.resumes, 'time')}` : '',
  ].filter((part) => part !== '')
  if (counts.length > 0) lines.push('', counts.join(' · '))
  const spent = spentText(report)
  if (spent !== '') lines.push(...(counts.length > 0 ? [] : ['']), spent)
  if (report.failedStep !== null || report.reason !== null) {
    lines.push('')
    if (report.failedStep !== null) lines.push(`Failed step: ${oneLine(report.failedStep)}`)
    if (report.reason !== null) lines.push(`Reason: ${paint('red', oneLine(report.reason))}`)
  }
  if (report.cost.estimatedMicroUsd > 0) {
    const all = report.cost.estimatedMicroUsd === report.cost.microUsd
    const part = all
      ? 'Costs are'
      : `${formatCost({ ...report.cost, microUsd: report.cost.estimatedMicroUsd, unpriced: false })} of the cost is`
    lines.push('', paint('dim', `${part} estimated from tokens and list prices.`))
  }
  if (report.cost.atLeast === true)
    lines.push(
      '',
      paint(
        'dim',
        'Some agents were cut off, or left out what their sub-agents used: the true cost is higher.',
      ),
    )
  if (report.warnings.length > 0) {
    lines.push(
      '',
      ...report.warnings.map((warning) => `${paint('yellow', 'Warning:')} ${warningText(warning)}`),
    )
  }
  return lines
}

/** What the money went into, when some of it went into attempts that passed, and some did not. */
export function spentText({ spentOn }: RunReport): string {
  const { passed, failed, validators } = spentOn
  if (!passed.any || (!failed.any && !validators.any)) return ''
  return [
    `Spent on attempts that passed: ${formatCost(passed)}`,
    `that did not: ${formatCost(failed)}`,
    ...(validators.any ? [`on validators: ${formatCost(validators)}`] : []),
  ].join(' · ')
}

function warningText(warning: RunReport['warnings'][number]): string {
  const where = warning.step === null ? '' : `[${oneLine(warning.step)}] `
  const code = warning.code === null ? '' : ` (${oneLine(warning.code)})`
  return where + oneLine(warning.message) + code
}
