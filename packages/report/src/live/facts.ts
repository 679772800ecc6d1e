import { formatDuration } from '@gump/errors'
import type { EventOf, LedgerEvent } from '@gump/ledger'
import { spentOf } from '@gump/history'
import { costOf, type Cost } from '../cost.js'
import { formatCost, formatMicroUsd } from '../format/cost.js'
import { formatBytes } from '../format/bytes.js'
import { formatTokens } from '../format/count.js'
import { oneLine } from '../format/escape.js'
import { attemptText } from './attempt-text.js'
import type { Layout } from './layout.js'
import type { RunMemory } from './memory.js'

/** What a fact line is made with. */
export interface FactContext {
  readonly layout: Layout
  readonly memory: RunMemory
}

/** The line an event is worth, if any. */
export function factLines(context: FactContext, event: LedgerEvent): string[] {
  return [...runFacts(context, event), ...stepFacts(context, event), ...launchFacts(context, event)]
}

function runFacts({ layout }: FactContext, event: LedgerEvent): string[] {
  switch (event.type) {
    case 'run_started': {
      const spec = event.spec === null ? '' : ` --spec ${oneLine(event.spec.path)}`
      return [`🍿 gump run ${oneLine(event.workflow.name)}${spec}`]
    }
    case 'run_resumed':
      return ['', '🍿 gump run --resume']
    case 'replay_started':
      return [`  replay of ${oneLine(event.from_alias ?? event.from_run)} from ${oneLine(event.from_step)}`]
    case 'workspace_ready':
      return event.setup_ms === undefined
        ? []
        : [layout.fact(event.workspace, 'setup', formatDuration(event.setup_ms))]
    case 'setup_progress':
      return [layout.fact(event.workspace, 'setup', setupText(event))]
    case 'edits_adopted': {
      const text = 'by hand; the edits are a commit now'
      return [event.workspace === 'run' ? `  edited ${text}` : layout.fact(event.workspace, 'edited', text)]
    }
    case 'cancel_requested':
      return [`  cancelling: ${oneLine(event.reason)}`]
    case 'budget_exceeded':
      return [`  limit: ${event.limit} ${amount(event, event.observed)} of ${amount(event, event.allowed)}`]
    case 'warning':
      return event.step === undefined
        ? [`  warning: ${oneLine(event.message)}`]
        : [layout.fact(event.step, 'warning', oneLine(event.message), 'yellow')]
    default:
      return []
  }
}

/** `npm ci  12s, 819 MB`; at the start only what it is. */
function setupText({ what, elapsed_ms, bytes, done }: EventOf<'setup_progress'>): string {
  const facts = [
    ...(elapsed_ms > 0 ? [formatDuration(elapsed_ms)] : []),
    ...(bytes === undefined ? [] : [formatBytes(bytes)]),
  ]
  if (facts.length === 0) return done ? oneLine(what) : `${oneLine(what)} …`
  return `${oneLine(what)}  ${facts.join(', ')}${done ? '' : ' so far'}`
}

function amount(event: EventOf<'budget_exceeded'>, value: number): string {
  if (event.limit === 'max_budget') return formatMicroUsd(Math.round(value * 1e6))
  return event.limit === 'max_timeout' ? formatDuration(value) : `${formatTokens(value)} tokens`
}

function stepFacts({ layout, memory }: FactContext, event: LedgerEvent): string[] {
  switch (event.type) {
    case 'step_started':
      return event.kind === 'agent' && event.agent !== undefined
        ? [
            layout.fact(
              event.step,
              'running',
              `(${oneLine(event.agent)})  ${attemptText(event.attempt, event.max_attempts)}`,
              'cyan',
            ),
          ]
        : []
    case 'retry_triggered':
      return [layout.fact(event.step, 'retry', retryText(event, memory), 'yellow')]
    case 'hitl_paused':
      return [layout.fact(event.step, 'paused', `for a person, ${event.at.replace('_', ' the ')}s`, 'yellow')]
    case 'hitl_deferred':
      return [layout.fact(event.step, 'person', 'answers later')]
    case 'hitl_resumed': {
      const note = event.note === undefined ? '' : ` — ${oneLine(event.note)}`
      return [layout.fact(event.step, 'person', `${event.decision}${note}`)]
    }
    case 'snapshot_created':
      return event.by === 'person'
        ? [layout.fact(event.step, 'edited', `by hand; ${memory.noteOf(event.step)} now`)]
        : []
    case 'integrated':
      return [layout.fact(`${event.step}/${event.task}`, 'merged', '', 'green')]
    case 'conflict': {
      const next = event.action === 'rerun' ? 'runs again on the merged state' : 'stops'
      return [
        layout.fact(
          `${event.step}/${event.task}`,
          'conflict',
          `${event.files.map(oneLine).join(', ')} — ${next}`,
          'yellow',
        ),
      ]
    }
    case 'circuit_breaker': {
      const remedy = event.remedy === undefined ? '' : ` — ${oneLine(event.remedy)}`
      return [layout.fact(event.step, 'stop', `${oneLine(event.reason)}${remedy}`, 'red')]
    }
    case 'step_completed':
      return completed(layout, memory, event)
    default:
      return []
  }
}

function completed(layout: Layout, memory: RunMemory, event: EventOf<'step_completed'>): string[] {
  // A group without gates of its own is the sum of its steps; the line that counts its tasks says it all.
  if (event.kind === 'group' && event.status === 'pass') return []
  const pass = event.status === 'pass'
  const any = event.kind !== 'gate' && memory.ran(event.step)
  const cost: Cost = { ...costOf(spentOf(event.usage, true)), any }
  const note = pass ? memory.noteOf(event.step) : memory.attemptOf(event.step)
  return [
    layout.result(
      event.step,
      pass ? 'pass' : 'fail',
      { note: note ?? '', cost: formatCost(cost), duration: formatDuration(event.duration_ms) },
      pass ? 'green' : 'red',
    ),
  ]
}

function retryText(event: EventOf<'retry_triggered'>, memory: RunMemory): string {
  const agent = event.agent === undefined ? null : oneLine(event.agent)
  const who = agent === null || agent === memory.agentOf(event.step) ? 'same agent' : agent
  const next =
    event.next_attempt === 1 ? 'again' : attemptText(event.next_attempt, memory.maxAttempts(event.step))
  return [
    `${next} — ${event.escalated && agent !== null ? `escalated to ${agent}` : who}`,
    event.session === 'new' ? 'new session' : '',
    event.worktree === 'keep' ? '' : `worktree ${event.worktree}`,
    event.restart_from === undefined ? '' : `restart from ${oneLine(event.restart_from)}`,
    event.replan === undefined ? '' : `split again by ${oneLine(event.replan)}`,
  ]
    .filter((part) => part !== '')
    .join(', ')
}

function launchFacts({ layout, memory }: FactContext, event: LedgerEvent): string[] {
  switch (event.type) {
    case 'agent_launching':
      return event.launch > 1
        ? [
            layout.fact(
              event.step,
              'running',
              `(${oneLine(event.agent)})  ${memory.attemptOf(event.step) ?? ''} again`,
              'cyan',
            ),
          ]
        : []
    case 'agent_failed': {
      const remedy = event.remedy === undefined ? '' : ` — ${oneLine(event.remedy)}`
      return [layout.fact(event.step, 'error', `${oneLine(event.message)}${remedy}`, 'red')]
    }
    case 'agent_killed':
      // The guard has already said so.
      return event.by === 'guard' ? [] : [layout.fact(event.step, 'killed', oneLine(event.reason), 'yellow')]
    case 'guard_triggered':
      return [layout.fact(event.step, 'guard', `${oneLine(event.guard)}: ${oneLine(event.reason)}`, 'red')]
    case 'agent_parked':
      return [
        layout.fact(event.step, 'parked', `until ${clock(event.until)} — ${oneLine(event.reason)}`, 'yellow'),
      ]
    case 'agent_unparked':
      return [layout.fact(event.step, 'resumed', '', 'cyan')]
    case 'output_collected':
      return event.error === undefined ? [] : [layout.fact(event.step, 'error', oneLine(event.error), 'red')]
    default:
      return []
  }
}

/** `2026-03-26 03:00 UTC`: a reader of a log knows no other zone. */
function clock(iso: string): string {
  return `${oneLine(iso).slice(0, 16).replace('T', ' ')} UTC`
}
