import type { LedgerEvent } from '@gump/ledger'
import { type Evidence, historyDigest } from './evidence.js'
import type { PlacedPoint } from './thin-points.js'

/** How a run of a scenario ends when nothing disturbs it. */
export interface Expectation {
  readonly status: string
  /** Digest of the run branch, see {@link historyDigest}. */
  readonly history: string
  readonly tree: string
  readonly story: readonly string[]
  readonly worktree: Evidence['worktree']
  readonly checkout: Evidence['checkout']
  readonly costUsd: number
  /** Every fault point that it passes, in order. */
  readonly points: readonly PlacedPoint[]
}

/** @throws Error for a run that has not ended. */
export function expectationOf(evidence: Evidence, points: readonly PlacedPoint[]): Expectation {
  const outcome = outcomeOf(evidence)
  if (outcome === null) throw new Error('the run that nothing disturbed has not ended')
  const { worktree, checkout } = evidence
  return { ...outcome, worktree, checkout, points }
}

/** How a run ended, or null while it has not. */
export function outcomeOf(
  evidence: Evidence,
): Pick<Expectation, 'status' | 'history' | 'tree' | 'story' | 'costUsd'> | null {
  const { events, commits } = evidence
  const first = events.find((event) => event.type === 'run_started')
  const last = events.at(-1)
  if (first?.type !== 'run_started' || last?.type !== 'run_completed') return null
  return {
    status: last.status,
    history: historyDigest(evidence, last.commit, first.base_commit),
    tree: commits.get(last.commit)?.tree ?? 'lost',
    story: storyOf(events),
    costUsd: last.usage.cost_usd,
  }
}

/**
 * The facts of a run that a crash must neither lose nor repeat, sorted, because branches that run side by side take
 * turns as they like. How often an agent was launched is not among them.
 */
function storyOf(events: readonly LedgerEvent[]): readonly string[] {
  return events
    .flatMap((event) => {
      const fact = factOf(event)
      return fact === null ? [] : [`${event.type} ${JSON.stringify(fact)}`]
    })
    .toSorted()
}

function factOf(event: LedgerEvent): readonly unknown[] | null {
  switch (event.type) {
    case 'step_started':
    case 'group_started':
      return [event.step, event.round, event.attempt]
    case 'gate_passed':
    case 'gate_failed':
    case 'gate_skipped':
      return [event.step, event.round, event.attempt, event.gate]
    case 'retry_triggered':
      return [event.step, event.round, event.attempt, event.cause, event.matched, event.agent ?? null]
    case 'snapshot_created':
      return [event.step, event.round, event.attempt, event.tree, event.files]
    case 'integrated':
    case 'conflict':
      return [event.step, event.task]
    case 'step_completed':
      return [event.step, event.round, event.attempt, event.status]
    case 'hitl_paused':
      return [event.step, event.round, event.attempt, event.at]
    case 'hitl_resumed':
      return [event.step, event.round, event.attempt, event.at, event.decision]
    case 'hitl_settled':
      return [event.step, event.round, event.attempt, event.at, event.edited]
    case 'edits_adopted':
      return [event.workspace]
    case 'run_completed':
      // A process that is killed while a run begins to wait may be answered without having said that it waits.
      if (event.status === 'paused') return null
      return [event.status, event.reason ?? null, event.step ?? null]
    default:
      return null
  }
}
