import type { AgentOutcome, LaunchMetrics, MeteredUsage, ProcessExit } from '@gump/agents'
import type { GuardTrip } from '@gump/guards'
import type { AgentMetrics, ArtifactRef, NewEvent } from '@gump/ledger'
import type { LaunchEffect } from '@gump/core'
import { failureRemedy } from './failure-remedy.js'
import { ledgerUsage } from './launch-facts.js'
import { retryMoment } from './retry-moment.js'
import type { RunContext } from './run-context.js'
import type { Stopping } from '../dispatch/step-executor.js'

export interface LaunchEnd {
  readonly outcome: AgentOutcome
  readonly trip: GuardTrip | null
  readonly stopping: Stopping | null
  readonly usage: MeteredUsage
  /** Tokens that the model's context takes: from the agent, else from the prices. */
  readonly contextWindow: number | null
  readonly metrics: LaunchMetrics
  readonly durationMs: number
  readonly finalText: ArtifactRef | null
  readonly exit: Pick<ProcessExit, 'code' | 'signal'>
}

/** How a launch ended, as the ledger tells it: a guard and a stop from outside count before what the agent says. */
export function outcomeEvent(
  context: Pick<RunContext, 'agents' | 'ambient' | 'masker'>,
  effect: LaunchEffect,
  end: LaunchEnd,
): NewEvent {
  const metrics = metricsOf(end)
  const { outcome, trip, stopping } = end
  if (trip !== null) {
    return {
      type: 'agent_killed',
      ...effect.launch,
      ...metrics,
      by: 'guard',
      reason: `${trip.guard}: ${trip.reason}`,
    }
  }
  if (stopping !== null && outcome.status !== 'success') {
    return { type: 'agent_killed', ...effect.launch, ...metrics, by: stopping.by, reason: stopping.reason }
  }
  if (outcome.status === 'success') return { type: 'agent_completed', ...effect.launch, ...metrics }
  const retryAt =
    outcome.retryAt === undefined ? null : retryMoment(outcome.retryAt, context.ambient.clock.now())
  const { cause, kind, limitOf } = outcome
  const remedy = failureRemedy(context.agents.get(effect.agent).adapter, cause, kind)
  return {
    type: 'agent_failed',
    ...effect.launch,
    ...metrics,
    cause,
    ...(kind === undefined ? {} : { kind }),
    ...(limitOf === undefined ? {} : { limit_of: limitOf }),
    message: context.masker.mask(outcome.message),
    ...(remedy === null ? {} : { remedy }),
    ...(outcome.sessionRefused === true ? { session_refused: true } : {}),
    ...(retryAt === null ? {} : { retry_at: retryAt }),
  }
}

function metricsOf(end: LaunchEnd): AgentMetrics {
  const { outcome, metrics } = end
  const compat = outcome.compat === true
  return {
    ...(outcome.sessionId === undefined ? {} : { session_id: outcome.sessionId }),
    usage: ledgerUsage(end.usage),
    turns: outcome.turns ?? metrics.turns,
    duration_ms: end.durationMs,
    ...(metrics.ttfdMs === null ? {} : { ttfd_ms: metrics.ttfdMs }),
    ...(compat ? {} : { tool_errors: metrics.toolErrors, repeated_actions: metrics.repeatedActions }),
    ...(metrics.contextTokens === null ? {} : { context_tokens: metrics.contextTokens }),
    ...(end.contextWindow === null ? {} : { context_window: end.contextWindow }),
    ...(compat ? { compat } : {}),
    ...(end.finalText === null ? {} : { final_text: end.finalText }),
    exit_code: end.exit.code,
    signal: end.exit.signal,
  }
}
