import { artifactPath, type EventOf, type TurnAction } from '@gump/ledger'
import {
  addCost,
  addTokens,
  costOf,
  countTokens,
  noCost,
  noTokens,
  saysNoTokens,
  tokensOf,
  turnCost,
  type Cost,
  type Tokens,
} from '../cost.js'
import { timeOf, type LaunchReport, type LaunchStatus, type TurnReport } from '../report.js'
import type { LaunchDraft } from './draft.js'

/** @param live - the run goes on: a launch without outcome is running, not interrupted. */
export function launchReport(draft: LaunchDraft, live: boolean, lastMs: number): LaunchReport {
  const { launching, outcome } = draft
  const startedAt = timeOf(launching)
  const endedAt = outcome === null ? null : timeOf(outcome)
  const turns = draft.turns.map(turnReport)
  const actions = draft.turns.flatMap((turn) => turn.actions)
  const compat = outcome?.compat ?? false
  return {
    launch: launching.launch,
    agent: launching.agent,
    model: launching.model,
    status: statusOf(draft, live),
    reason: reasonOf(draft),
    startedAt,
    endedAt,
    durationMs: outcome?.duration_ms ?? Math.max(0, lastMs - startedAt),
    ...used(draft, turns),
    turns,
    turnCount: { known: Math.max(outcome?.turns ?? 0, turns.length), unknown: compat },
    ttfdMs: outcome?.ttfd_ms ?? null,
    toolErrors: compat
      ? null
      : (outcome?.tool_errors ?? actions.filter((action) => action.ok === false).length),
    correctionLoops: compat ? null : correctionLoops(actions),
    repeatedActions: compat ? null : (outcome?.repeated_actions ?? 0),
    contextTokens: outcome?.context_tokens ?? null,
    contextWindow: outcome?.context_window ?? null,
    compat,
    sandbox: draft.launched?.sandbox ?? null,
    level: draft.launched?.level ?? null,
    sessionMode: launching.session_mode,
    sessionId: outcome?.session_id ?? draft.session,
    parkedUntil: draft.parked !== null && !draft.unparked ? draft.parked.until : null,
    guards: draft.guards.map(({ guard, reason, limit, observed }) => ({ guard, reason, limit, observed })),
    artifacts: {
      prompt: launching.prompt.path,
      stream: artifactPath(launching, 'stream.ndjson'),
      stderr: artifactPath(launching, 'stderr.txt'),
      finalText: outcome?.final_text?.path ?? null,
      output: draft.output?.output?.path ?? null,
      diff: draft.snapshot?.diff.path ?? null,
    },
  }
}

function turnReport(event: EventOf<'turn_completed'>): TurnReport {
  return {
    n: event.n,
    label: event.label,
    actions: event.actions,
    cost: turnCost(event.usage),
    tokens: tokensOf(event.usage.tokens, saysNoTokens(event.usage)),
    startedAt: timeOf(event) - event.duration_ms,
    durationMs: event.duration_ms,
  }
}

/** The outcome's figures are final. A launch that was lost, or goes on, is worth at least the turns that were seen. */
function used(draft: LaunchDraft, turns: readonly TurnReport[]): { cost: Cost; tokens: Tokens } {
  const silent = turns.some((turn) => !turn.cost.any)
  const seen = {
    cost: turns.reduce((sum, turn) => addCost(sum, turn.cost), { ...noCost, any: true, unpriced: silent }),
    tokens: turns.reduce((sum, turn) => addTokens(sum, turn.tokens), noTokens),
  }
  const { outcome } = draft
  if (outcome === null) return seen
  const worked = outcome.type === 'agent_completed' || outcome.turns > 0 || outcome.compat === true
  const unsaid = worked && saysNoTokens(outcome.usage)
  const final = { cost: costOf(outcome.usage, worked), tokens: tokensOf(outcome.usage.tokens, unsaid) }
  const lost = outcome.type === 'agent_killed' && outcome.by === 'lost'
  const understated =
    final.cost.microUsd < seen.cost.microUsd || countTokens(final.tokens) < countTokens(seen.tokens)
  return lost && understated ? seen : final
}

function statusOf(draft: LaunchDraft, live: boolean): LaunchStatus {
  switch (draft.outcome?.type) {
    case 'agent_completed':
      return 'completed'
    case 'agent_failed':
      return 'failed'
    case 'agent_killed':
      return draft.outcome.by === 'lost' ? 'interrupted' : 'killed'
    default:
      return live ? 'running' : 'interrupted'
  }
}

function reasonOf(draft: LaunchDraft): string | null {
  const { outcome, output } = draft
  const guard = draft.guards[0]
  if (guard !== undefined) return `${guard.guard}: ${guard.reason}`
  if (outcome?.type === 'agent_failed') return outcome.message
  if (outcome?.type === 'agent_killed') return outcome.reason
  return output?.error ?? null
}

/** A command failed and the next thing that changed anything was an edit. */
function correctionLoops(actions: readonly TurnAction[]): number {
  let loops = 0
  let failed = false
  for (const action of actions) {
    if (action.kind === 'shell') failed = action.ok === false
    if (failed && (action.kind === 'edit' || action.kind === 'write')) {
      loops += 1
      failed = false
    }
  }
  return loops
}
