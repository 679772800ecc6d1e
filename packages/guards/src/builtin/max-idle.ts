import { spellDuration } from '@gump/errors'
import type { GuardDefinition } from '../contract.js'

/** Trips when the agent's stream has been silent for that long while no tool was running. */
export const maxIdle: GuardDefinition = {
  name: 'max_idle',
  summary: 'trips when nothing was heard for this long while no tool was running; 10m by default',
  value: 'duration',
  defaultValue: 10 * 60_000,
  create: (value) => {
    const ms = Number(value)
    return {
      // An event that arrives in time is activity, and one that comes too late finds the timer fired.
      onEvent: () => null,
      onTimer(seen) {
        if (seen.idleMs < ms) return null
        const limit = spellDuration(ms, 2)
        return {
          guard: 'max_idle',
          reason: `silent for ${limit}`,
          limit,
          observed: spellDuration(seen.idleMs, 2),
        }
      },
      deadline: { from: 'activity', ms },
    }
  },
}
