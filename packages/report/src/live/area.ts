import { formatDuration, type Paint, paintWith } from '@gump/errors'
import { formatCost, formatMicroUsd } from '../format/cost.js'
import { columnsOf, cutPath, cutTo, padTo } from '../format/columns.js'
import { oneLine } from '../format/escape.js'
import { attemptText } from './attempt-text.js'
import type { LiveModel, LiveState } from './model.js'
import type { Progress } from './progress.js'
import type { RunningStep } from './running-step.js'

/** How the live area is laid out. */
export interface AreaOptions {
  /** Columns of the terminal; no line is wider. */
  readonly width: number
  /** Epoch milliseconds. */
  readonly now: number
  readonly color: boolean
  /** Lines at most, the summary included. Default 12. */
  readonly height?: number
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const frameMs = 80

/** The lines below the log on a terminal: one per running step, and one with progress, cost and time. Empty when nothing runs. */
export function renderLiveArea(model: Pick<LiveModel, 'state'>, options: AreaOptions): string[] {
  const state = model.state()
  if (state.ended || state.startedAt === null) return []
  const paint = paintWith(options.color)
  const width = Math.max(20, options.width)
  const room = Math.max(1, (options.height ?? 12) - 1)
  const shown = state.running.length > room ? state.running.slice(0, room - 1) : state.running
  const hidden = state.running.length - shown.length
  const column = Math.min(
    Math.floor(width * 0.4),
    Math.max(0, ...shown.map((step) => columnsOf(oneLine(step.path)))),
  )
  const spinner = frames[Math.floor(options.now / frameMs) % frames.length] ?? '•'
  return [
    ...shown.map((step) => stepLine(step, { column, width, spinner, now: options.now, paint })),
    ...(hidden > 0 ? [paint('dim', `  +${hidden} more`)] : []),
    summaryLine(state, width, options.now, paint),
  ]
}

/** What all lines of steps have in common. */
interface Lines {
  /** Columns of the paths. */
  readonly column: number
  readonly width: number
  readonly spinner: string
  readonly now: number
  readonly paint: Paint
}

function stepLine(step: RunningStep, { column, width, spinner, now, paint }: Lines): string {
  const waits = step.phase === 'parked' || step.phase === 'paused'
  const mark = waits ? paint('yellow', '∥') : paint('cyan', spinner)
  const path = padTo(cutPath(oneLine(step.path), column), column)
  const rest = [
    step.agent === null ? '' : oneLine(step.agent),
    attemptText(step.attempt, step.maxAttempts),
    formatDuration(seconds(now - step.since)),
    step.phase === 'agent' && step.turn > 0 ? `turn ${step.turn}` : '',
    step.cost.any ? formatCost(step.cost) : '',
    doing(step, now),
  ].filter((part) => part !== '')
  return `${mark} ${paint('bold', path)}  ${cutTo(rest.join('  '), Math.max(0, width - column - 4))}`.trimEnd()
}

/** A clock that shows `0s` and not a flicker of milliseconds. */
function seconds(ms: number): number {
  return Math.max(1000, Math.floor(ms / 1000) * 1000)
}

function doing(step: RunningStep, now: number): string {
  switch (step.phase) {
    case 'starting':
      return 'preparing'
    case 'collecting':
      return 'collecting'
    case 'gate':
      return step.action === null ? 'gates' : `gate ${oneLine(step.action)}`
    case 'parked':
      return step.until === null ? 'parked' : `parked for ${formatDuration(seconds(step.until - now))}`
    case 'paused':
      return 'waits for a person'
    case 'agent':
      return step.action ?? 'thinking'
  }
}

const barWidth = 20

function summaryLine(state: LiveState, width: number, now: number, paint: Paint): string {
  const budget = state.limits.max_budget_usd
  const cost = formatCost(state.cost)
  const text = [
    `${state.progress.done}/${state.progress.total} steps`,
    budget === undefined ? cost : `${cost} of ${formatMicroUsd(Math.round(budget * 1e6))}`,
    formatDuration(seconds(now - (state.startedAt ?? now))),
    state.cancelling ? 'stopping; Ctrl-C again stops at once' : 'Ctrl-C stops, the run can be resumed',
  ].join('  ')
  const bar = width >= 60 ? `${barOf(state.progress, paint)}  ` : ''
  return bar + paint('dim', cutTo(text, width - (bar === '' ? 0 : barWidth + 2)))
}

function barOf({ done, total }: Progress, paint: Paint): string {
  const full = total === 0 ? 0 : Math.round((Math.min(done, total) / total) * barWidth)
  return paint('green', '━'.repeat(full)) + paint('dim', '─'.repeat(barWidth - full))
}
