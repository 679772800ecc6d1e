import { GumpError, isGumpError } from '@gump/errors'
import type { NewEvent } from '@gump/ledger'
import type { CollectEffect } from '@gump/core'
import { type Launch, usageOf } from '@gump/history'
import { circuitBreaker } from './circuit-breaker.js'
import type { RunContext } from './run-context.js'

/** True for a worktree that was lost with what an agent had left in it. */
export function isWorktreeLost(error: unknown): boolean {
  return isGumpError(error) && error.code === 'GUMP-G016'
}

/** What is said where the worktree has been made again before it was looked at. */
export function madeAgain(dir: string): GumpError {
  return new GumpError('GUMP-G016', `the worktree ${dir} was gone before it was looked at`, { data: { dir } })
}

/**
 * Stops the run. What the agent did is gone and is no result, good or bad: in one line with the end of the run it is noted
 * that the launch failed to start, so that a resume launches again.
 */
export function loseLaunch(
  context: RunContext,
  effect: CollectEffect,
  launch: Launch | null,
  error: unknown,
): readonly NewEvent[] {
  const stop = circuitBreaker(context, effect.path, error)
  // What a guard has stopped is undone in any case.
  if (launch === null || launch.outcome === null || launch.guard !== null) return [stop]
  const lost: NewEvent = {
    type: 'agent_killed',
    ...effect.launch,
    by: 'lost',
    reason: 'its worktree is gone, and what it had done there',
    usage: usageOf(launch.spent),
    turns: launch.spent.turns,
    ...(launch.spent.uncounted > 0 ? { compat: true } : {}),
    duration_ms: launch.durationMs,
  }
  return [lost, stop]
}
