import type { GuardDefinition } from '../contract.js'
import { formatDuration } from '../format-duration.js'

/** Trips when the agent's stream has been silent for that long while no tool was running. */
export const maxIdle: GuardDefinition = {
  name: 'max_idle',
  summary: 'the agent is never silent for this long',
  value: 'duration',
  defaultValue: 10 * 60_000,
  create: (value) => {
    const ms = Number(value)
    return {
      // An event that arrives in time is activity, and one that comes too late finds the timer fired.
      onEvent: () => null,
      onTimer(seen) {
        if (seen.idleMs < ms) return null
        const limit = formatDuration(ms)
        return {
          guard: 'max_idle',
          reason: `silent for ${limit}`,
          limit,
          observed: formatDuration(seen.idleMs),
        }
      },
      deadline: { from: 'activity', ms },
    }
  },
}
