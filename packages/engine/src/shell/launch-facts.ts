import type { FinishedTurn, MeteredUsage, SessionTotals } from '@gump/agents'
import type { NewEvent, Usage } from '@gump/ledger'
import type { LaunchEffect } from '@gump/core'
import { countedMicroUsd, nodeAt, type RunState, segments, sessionSpent } from '@gump/history'
import type { Masker } from './masker.js'

/** A metered amount in the ledger's form. */
export function ledgerUsage(used: MeteredUsage): Usage {
  const { input, output, cacheRead, cacheWrite } = used.tokens
  return {
    tokens: { input, output, cache_read: cacheRead, cache_write: cacheWrite },
    cost_usd: used.costUsd,
    cost_source: used.costSource,
    ...(used.atLeast === true ? { at_least: true } : {}),
    ...(used.assumedUsd === undefined ? {} : { assumed_cost_usd: used.assumedUsd }),
  }
}

/** What earlier launches of this step count for against a budget, those of failed attempts included. */
export function spentBeforeUsd(state: RunState, effect: LaunchEffect): number {
  const { attempts } = nodeAt(state.root, segments(effect.path))
  const earlier = attempts.flatMap(({ attempt, launches }) =>
    launches.filter(({ n }) => attempt < effect.launch.attempt || n < effect.launch.launch),
  )
  return earlier.reduce((sum, launch) => sum + countedMicroUsd(launch.spent), 0) / 1e6
}

/** What a session had used before this launch continued it. */
export function sessionTotals(state: RunState, effect: LaunchEffect): SessionTotals | null {
  if (effect.session.mode === 'new') return null
  const { microUsd, tokens } = sessionSpent(state, effect.session.id)
  return {
    costUsd: microUsd / 1e6,
    tokens: {
      input: tokens.input,
      output: tokens.output,
      cacheRead: tokens.cache_read,
      cacheWrite: tokens.cache_write,
    },
  }
}

export const launchEvents: {
  turn(effect: LaunchEffect, turn: FinishedTurn, added: MeteredUsage, masker: Masker): NewEvent
} = {
  turn: (effect, turn, added, masker) => ({
    type: 'turn_completed',
    ...effect.launch,
    n: turn.n,
    label: turn.label,
    actions: turn.actions.slice(0, 200).map((action) => ({
      ...action,
      ...(action.target === undefined ? {} : { target: masker.mask(action.target).slice(0, 300) }),
    })),
    usage: ledgerUsage(added),
    duration_ms: turn.durationMs,
  }),
}
