import type { Cut } from './cut.js'
import { GumpError } from '@gump/errors'
import type { LedgerEvent, NewEvent } from '@gump/ledger'
import { matchSelector } from '@gump/state'
import { historyOf } from './history-of-cut.js'

/** What a person means by a step of a run; a short name inside an each means the whole each. */
export function resolveStep(events: readonly LedgerEvent[], selector: string): Cut {
  const starts = events.filter(
    (event) => event.type === 'step_started' || (event.type === 'group_started' && event.each !== true),
  )
  const paths = starts.flatMap((event) => ('step' in event && event.step !== undefined ? [event.step] : []))
  const match = matchSelector(selector, paths)
  if (match.status === 'unique') return cutAt(starts, match.path)
  const candidates = match.status === 'ambiguous' ? match.candidates : match.closest
  const each = match.status === 'ambiguous' ? eachAround(events, match.candidates) : null
  if (each !== null) return each
  const what = match.status === 'ambiguous' ? 'matches several steps' : 'is no step of the run'
  throw new GumpError('GUMP-R002', `"${selector}" ${what}`, {
    data: { selector, candidates },
    remedy: candidates.length === 0 ? 'gump report lists the steps' : `use one of: ${candidates.join(', ')}`,
  })
}

function cutAt(starts: readonly LedgerEvent[], path: string): Cut {
  const first = starts.find((event) => 'step' in event && event.step === path)
  return { path, seq: first?.seq ?? 1 }
}

/** The split whose tasks all candidates belong to. */
function eachAround(events: readonly LedgerEvent[], candidates: readonly string[]): Cut | null {
  const groups = events.filter((event) => event.type === 'group_started' && event.items !== undefined)
  for (const group of groups) {
    if (group.type !== 'group_started') continue
    if (candidates.every((path) => path.startsWith(`${group.step}/`)))
      return { path: group.step, seq: group.seq }
  }
  return null
}

const leftOut: ReadonlySet<LedgerEvent['type']> = new Set([
  'run_started',
  'run_completed',
  'replay_started',
  'cancel_requested',
  'circuit_breaker',
  'budget_exceeded',
  'timer_fired',
  'session_started',
  'command_launching',
  'command_launched',
  'workspace_assigned',
  'workspace_ready',
  'setup_progress',
] as const)

/**
 * The events before and beside a cut as facts of another run: marked as replayed, without sessions, worktrees and ends.
 * What had failed or was in progress is to be done again.
 */
export function historyBefore(events: readonly LedgerEvent[], cut: Cut): readonly NewEvent[] {
  const isHistory = historyOf(events, cut)
  const kept = events.filter(
    (event) => (isHistory(event) || event.type === 'run_resumed') && !leftOut.has(event.type),
  )
  const settled = kept.filter(isSettled(kept, cut))
  return [...settled.map(replayed), { type: 'history_resumed', retry_failed: true, replayed: true }]
}

/** Attempts that had not ended are done again from their beginning, whatever was known of them. */
function isSettled(kept: readonly LedgerEvent[], cut: Cut): (event: LedgerEvent) => boolean {
  const open = new Map<string, number>()
  for (const event of kept) {
    if (event.type === 'step_started') open.set(event.step, event.seq)
    else if (event.type === 'step_completed' || event.type === 'retry_triggered') open.delete(event.step)
  }
  // The cut may be in what judges an attempt, which then continues.
  for (const path of open.keys()) if (cut.path.startsWith(`${path}/`)) open.delete(path)
  return (event) => {
    if (!('step' in event) || event.step === undefined) return true
    for (const [path, from] of open) {
      if (event.seq >= from && (event.step === path || event.step.startsWith(`${path}/`))) return false
    }
    return true
  }
}

function replayed(event: LedgerEvent): NewEvent {
  if (event.type === 'run_resumed') {
    return { type: 'history_resumed', retry_failed: event.retry_failed, replayed: true }
  }
  const { v: _v, seq: _seq, ts: _ts, run_id: _run, ...body } = event
  const { session_id: _session, ...rest } = body as typeof body & { readonly session_id?: string }
  return { ...rest, replayed: true } as NewEvent
}
