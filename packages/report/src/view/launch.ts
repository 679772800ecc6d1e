import { type Launch, timeOf } from '@gump/history'
import { artifactPath, type EventOf } from '@gump/ledger'
import { turnSpent } from '@gump/history'
import { costOf, tokensOf, turnCost } from '../cost.js'
import type { LaunchReport, LaunchStatus, TurnReport } from '../report.js'
import { turnsOf } from '../turns.js'
import type { Details } from './details.js'

/** What a launch is seen with. */
export interface LaunchView {
  readonly launch: Launch
  readonly launching: EventOf<'agent_launching'>
  readonly details: Details
  /** The run is in progress: a launch without outcome is running, not interrupted. */
  readonly live: boolean
  /** Time of the last line about its attempt. */
  readonly lastAt: number
  /** What it left, or a person made of it. */
  readonly snapshot: Launch['snapshot']
}

/** A launch as reports show it. */
export function launchReport(view: LaunchView): LaunchReport {
  const { launch, launching, details, snapshot } = view
  const { ended, launched } = launch
  const startedAt = timeOf(launching)
  const { kept, toolErrors, correctionLoops } = details.turnsOf(launching)
  const compat = ended?.compat ?? false
  return {
    launch: launching.launch,
    agent: launching.agent,
    model: launching.model,
    status: statusOf(view),
    reason: reasonOf(launch),
    startedAt,
    endedAt: ended === null ? null : timeOf(ended),
    durationMs: ended?.duration_ms ?? Math.max(0, view.lastAt - startedAt),
    cost: costOf(launch.spent),
    tokens: tokensOf(launch.spent),
    turns: kept.map(turnReport),
    turnCount: turnsOf(launch.spent),
    ttfdMs: ended?.ttfd_ms ?? null,
    toolErrors: compat ? null : (ended?.tool_errors ?? toolErrors),
    correctionLoops: compat ? null : correctionLoops,
    repeatedActions: compat ? null : (ended?.repeated_actions ?? 0),
    contextTokens: ended?.context_tokens ?? null,
    contextWindow: ended?.context_window ?? null,
    compat,
    sandbox: launched?.sandbox ?? null,
    level: launched?.level ?? null,
    sessionMode: launching.session_mode,
    sessionId: launch.sessionId,
    parkedUntil: launch.unparked ? null : launch.parkedUntil,
    guards: launch.guards.map(({ guard, reason, limit, observed }) => ({ guard, reason, limit, observed })),
    artifacts: {
      prompt: launching.prompt.path,
      stream: artifactPath(launching, 'stream.ndjson'),
      stderr: artifactPath(launching, 'stderr.txt'),
      finalText: ended?.final_text?.path ?? null,
      output: launch.output?.output?.path ?? null,
      diff: snapshot?.diff.path ?? null,
    },
  }
}

function turnReport(event: EventOf<'turn_completed'>): TurnReport {
  return {
    n: event.n,
    label: event.label,
    actions: event.actions,
    cost: turnCost(event.usage),
    tokens: tokensOf(turnSpent(event.usage)),
    startedAt: timeOf(event) - event.duration_ms,
    durationMs: event.duration_ms,
  }
}

function statusOf({ launch, live }: LaunchView): LaunchStatus {
  switch (launch.ended?.type) {
    case 'agent_completed':
      return 'completed'
    case 'agent_failed':
      return 'failed'
    case 'agent_killed':
      return launch.ended.by === 'lost' ? 'interrupted' : 'killed'
    default:
      return live ? 'running' : 'interrupted'
  }
}

function reasonOf({ ended, output, guards }: Launch): string | null {
  const [guard] = guards
  if (guard !== undefined) return `${guard.guard}: ${guard.reason}`
  if (ended?.type === 'agent_failed') return ended.message
  if (ended?.type === 'agent_killed') return ended.reason
  return output?.error ?? null
}
