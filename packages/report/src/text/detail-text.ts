import { formatDuration, type Paint, paintWith, plural } from '@gump/errors'
import type { LedgerEvent } from '@gump/ledger'
import { formatCost } from '../format/cost.js'
import { formatClasses, formatLines, formatPercent, formatTokens, formatTurns } from '../format/count.js'
import { block, oneLine } from '../format/escape.js'
import { wrapTo } from '../format/wrap.js'
import { renderTable, type Cell } from '../format/table.js'
import type { AttemptReport, LaunchReport, RunReport, StepReport } from '../report.js'
import { selectStep } from '../select-step.js'
import { summarise, type SummariseOptions } from '../summarise.js'
import type { TextOptions } from './report-text.js'
import { attemptName, gatesText, statusStyle } from './words.js'

/** How a step is shown. */
export interface DetailOptions extends TextOptions, SummariseOptions {
  /** The folder of the run, as its reader can open it; absent: paths are relative to it. */
  readonly dir?: string
}

type LaidOut = DetailOptions & { readonly paint: Paint }

/** The path of an artifact from where its reader is. */
function opened(path: string | null, { dir }: LaidOut): string | null {
  return path === null || dir === undefined ? path : `${dir}/${path}`
}

/**
 * Everything about one step, as `gump report --detail STEP` prints it; ends with a newline.
 *
 * @param step - a path, or the end of one.
 * @throws GumpError `GUMP-R002` when no step, or more than one, is meant.
 */
export function renderDetailText(
  events: readonly LedgerEvent[],
  step: string,
  options: DetailOptions = { color: false },
): string {
  const report = summarise(events, options)
  const path = selectStep(report, step)
  const found = report.steps.find((candidate) => candidate.path === path)
  return found === undefined ? '' : detail(report, found, { paint: paintWith(options.color), ...options })
}

function detail(report: RunReport, step: StepReport, laidOut: LaidOut): string {
  return [
    `Run: ${oneLine(report.alias)}`,
    `Step: ${oneLine(step.path)}`,
    ...headline(step, laidOut),
    ...(step.reason === null ? [] : [`Reason: ${oneLine(step.reason)}`]),
    '',
    ...attemptTable(step, laidOut),
    ...step.attempts.flatMap((attempt) => ['', ...attemptLines(attempt, laidOut)]),
    ...(step.items === null ? [] : ['', `Tasks: ${step.items.map(oneLine).join(', ')}`]),
    ...(step.stateKeys.length === 0 ? [] : ['', `State keys: ${step.stateKeys.map(oneLine).join(', ')}`]),
    '',
  ].join('\n')
}

function headline(step: StepReport, { paint, width }: LaidOut): string[] {
  const text = [
    `Status: ${step.status}`,
    `Duration: ${formatDuration(step.durationMs)}`,
    `Cost: ${formatCost(step.cost)}`,
    `Turns: ${step.cost.any ? formatTurns(step.turns) : '—'}`,
    `Attempts: ${step.attempts.length}`,
  ].join(' · ')
  const [first = '', ...lines] = width === undefined ? [text] : wrapTo(text, width)
  return [first.replace(step.status, paint(statusStyle(step.status), step.status)), ...lines]
}

function attemptTable(step: StepReport, { paint, width }: LaidOut): string[] {
  const head = [
    'Attempt',
    'Status',
    'Agent',
    'Time',
    'Cost',
    'Turns',
    'In',
    'Out',
    'Cache read',
    'Cache write',
    'Gates',
  ]
  const rows = step.attempts.map((attempt): Cell[] => [
    { text: attempt.round === 1 ? String(attempt.attempt) : `${attempt.attempt} (round ${attempt.round})` },
    { text: attempt.status, style: statusStyle(attempt.status) },
    { text: attempt.agent === null ? '—' : oneLine(attempt.agent) },
    { text: attempt.replayed ? 'replayed' : formatDuration(attempt.durationMs) },
    { text: formatCost(attempt.cost) },
    { text: used(attempt, formatTurns(attempt.turns)) },
    { text: used(attempt, formatClasses(attempt.tokens, 'input')) },
    { text: used(attempt, formatClasses(attempt.tokens, 'output')) },
    { text: used(attempt, formatClasses(attempt.tokens, 'cacheRead')) },
    { text: used(attempt, formatClasses(attempt.tokens, 'cacheWrite')) },
    { text: gatesText(attempt.gates) },
  ])
  return renderTable(head, rows, paint, { right: [3, 4, 5, 6, 7, 8, 9], width })
}

/** A figure of what an agent did; a dash where none ran. */
function used(attempt: AttemptReport, figure: string): string {
  return attempt.cost.any ? figure : '—'
}

function attemptLines(attempt: AttemptReport, laidOut: LaidOut): string[] {
  const { paint } = laidOut
  const title = attemptName(attempt.round, attempt.attempt)
  return [
    paint('bold', title.charAt(0).toUpperCase() + title.slice(1)),
    ...facts([
      ['Reason', attempt.reason],
      ['Output', attempt.outputError],
      ['Verdict', attempt.verdict === null ? null : String(attempt.verdict)],
      ['Comments', attempt.comments],
      ['Retried', attempt.retry === null ? null : retryText(attempt)],
    ]),
    ...attempt.people.map(
      ({ at, decision, note }) =>
        `  Person (${at.replace('_', ' ')}): ${decision ?? 'asked'}${note === null ? '' : ` — ${oneLine(note)}`}`,
    ),
    ...attempt.gates.flatMap((gate) => [
      ...(gate.error === null ? [] : [`  Gate ${oneLine(gate.gate)} failed:`, ...block(gate.error, '    ')]),
      ...(gate.status === 'skipped'
        ? [`  Gate ${oneLine(gate.gate)} skipped: ${oneLine(gate.detail ?? '')}`]
        : []),
      ...(gate.log === null ? [] : [`  Gate log: ${oneLine(opened(gate.log, laidOut) ?? '')}`]),
    ]),
    ...fileLines(attempt),
    ...attempt.launches.flatMap((launch) => launchLines(launch, attempt.launches.length > 1, laidOut)),
  ]
}

function retryText(attempt: AttemptReport): string {
  const { retry } = attempt
  if (retry === null) return ''
  return [
    retry.nextAttempt === 1 ? 'again' : `attempt ${retry.nextAttempt}`,
    ...(retry.agent === null
      ? []
      : [
          retry.escalated ? `escalated to ${retry.agent}` : retry.agent,
          retry.session === 'new' ? 'new session' : 'same session',
        ]),
    retry.worktree === 'keep' ? 'worktree kept' : `worktree ${retry.worktree}`,
    ...(retry.restartFrom === null ? [] : [`restarted from ${retry.restartFrom}`]),
    ...(retry.replan === null ? [] : [`split again by ${retry.replan}`]),
  ].join(', ')
}

const shownFiles = 50

function fileLines(attempt: AttemptReport): string[] {
  if (attempt.files.length === 0) return []
  const lines = formatLines(attempt.insertions, attempt.deletions)
  const more = attempt.files.length - shownFiles
  return [
    `  Files changed: ${attempt.files.length}${lines === '' ? '' : `  ${lines}`}`,
    ...attempt.files.slice(0, shownFiles).map((file) => {
      const change = file.insertions === null ? 'binary' : formatLines(file.insertions, file.deletions ?? 0)
      return `    ${file.status.padEnd(8)}  ${oneLine(file.path)}  ${change}`.trimEnd()
    }),
    ...(more > 0 ? [`    +${more} more`] : []),
  ]
}

function launchLines(launch: LaunchReport, several: boolean, laidOut: LaidOut): string[] {
  const context =
    launch.contextTokens === null
      ? null
      : launch.contextWindow === null || launch.contextWindow === 0
        ? `${formatTokens(launch.contextTokens)} tokens`
        : `${formatTokens(launch.contextTokens)} of ${formatTokens(launch.contextWindow)} tokens (${formatPercent(launch.contextTokens / launch.contextWindow)})`
  const { artifacts } = launch
  return [
    ...(several ? [`  Launch ${launch.launch}: ${launch.status}, ${formatCost(launch.cost)}`] : []),
    ...facts([
      ['Model', launch.model],
      ['Session', launch.sessionId === null ? null : `${launch.sessionId} (${launch.sessionMode})`],
      ['Sandbox', launch.sandbox === null ? null : `${launch.sandbox} (${launch.level ?? '?'})`],
      ['Time to first edit', launch.ttfdMs === null ? null : formatDuration(launch.ttfdMs)],
      ['Context window', context],
      ['Tool errors', String(launch.toolErrors ?? 'unknown')],
      [
        'Loops',
        launch.correctionLoops === null || launch.repeatedActions === null
          ? 'unknown'
          : `${plural(launch.correctionLoops, 'correction')}, ${plural(launch.repeatedActions, 'repeated action')}`,
      ],
      ['Parked until', launch.parkedUntil],
    ]),
    ...launch.guards.map(
      (guard) =>
        `  Guard ${oneLine(guard.guard)}: ${oneLine(guard.reason)} (limit ${oneLine(guard.limit)}, observed ${oneLine(guard.observed)})`,
    ),
    ...facts([
      ['Prompt', opened(artifacts.prompt, laidOut)],
      ['Stream', opened(artifacts.stream, laidOut)],
      ['Errors', opened(artifacts.stderr, laidOut)],
      ['Final message', opened(artifacts.finalText, laidOut)],
      ['Output file', opened(artifacts.output, laidOut)],
      ['Diff', opened(artifacts.diff, laidOut)],
    ]),
  ]
}

function facts(entries: readonly (readonly [string, string | null])[]): string[] {
  return entries.flatMap(([name, value]) =>
    value === null || value === '' ? [] : [`  ${name}: ${oneLine(value)}`],
  )
}
