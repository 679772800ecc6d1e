import type { Effect, ExhaustedLimit } from './effects.js'
import type { RunState } from '@gump/history'

/**
 * Who answers for an agent: its adapter, and the provider that the name of its model begins with where it does. All
 * agents of a provider are at its limit together.
 */
export function providerOf(state: RunState, agent: string): string {
  const known = state.started?.agents ?? {}
  const adapters = Object.values(known).map(({ adapter }) => adapter)
  // Agents that a step was given during the run are known by their name only.
  const adapter = known[agent]?.adapter ?? adapters.find((name) => agent.startsWith(`${name}-`)) ?? agent
  const model = known[agent]?.model ?? ''
  const slash = model.indexOf('/')
  return slash === -1 ? adapter : `${adapter}:${model.slice(0, slash)}`
}

/** The model that an agent thinks with, as far as a limit can tell models apart. */
export function modelOf(state: RunState, agent: string): string {
  return state.started?.agents[agent]?.model ?? agent
}

/**
 * While a launch waits for its provider's quota, no other agent of that provider is launched: it would be refused as well,
 * and count against the next quota. What runs already is left to end. A launch is only held while a timer is asked for
 * that lets it continue.
 */
export function withoutHeld(effects: readonly Effect[]): readonly Effect[] {
  const limits = effects.flatMap((effect) =>
    effect.kind === 'timer' && effect.limit !== undefined ? [effect.limit] : [],
  )
  if (limits.length === 0) return effects
  return effects.filter((effect) => {
    if (effect.kind !== 'launch' || effect.begun) return true
    return !limits.some((limit) => concerns(limit, effect))
  })
}

function concerns(
  limit: ExhaustedLimit,
  launch: { readonly provider: string; readonly model: string },
): boolean {
  return limit.provider === launch.provider && (limit.model === null || limit.model === launch.model)
}
