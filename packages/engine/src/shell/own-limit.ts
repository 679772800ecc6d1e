import type { AgentAdapter, AgentOutcome } from '@gump/agents'
import type { GuardTrip } from '@gump/guards'
import type { LaunchEffect } from '@gump/core'

const limits = ['max_budget', 'max_turns', 'max_time']

/**
 * An agent's CLI that stopped at a limit it was given for a guard has tripped that guard: no matter who counted, the attempt
 * is over and its changes are undone.
 */
export function ownLimitTrip(
  effect: LaunchEffect,
  { capabilities }: AgentAdapter,
  outcome: AgentOutcome,
): GuardTrip | null {
  if (outcome.status !== 'failed' || outcome.cause !== 'limit') return null
  // Its own limits are not ours, nor is the length of an answer.
  if (!capabilities.maxTurns || outcome.kind === 'length') return null
  const guard = limits
    .map((name) => effect.step.guards.find((candidate) => candidate.guard === name))
    .find((found) => found !== undefined)
  if (guard === undefined) return null
  return {
    guard: guard.guard,
    reason: outcome.message,
    limit: String(guard.value),
    observed: 'the agent stopped by itself',
  }
}
