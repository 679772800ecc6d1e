import type { GuardDefinition, GuardObservation, GuardTrip } from '../contract.js'
import { formatDuration } from '../format-duration.js'

/** Trips when the launch has taken that long, by the clock on the wall. */
export const maxTime: GuardDefinition = {
  name: 'max_time',
  summary: 'the agent is done within this time',
  value: 'duration',
  create: (value) => {
    const ms = Number(value)
    const check = (seen: GuardObservation): GuardTrip | null => {
      if (seen.elapsedMs < ms) return null
      const limit = formatDuration(ms)
      return {
        guard: 'max_time',
        reason: `not done after ${limit}`,
        limit,
        observed: formatDuration(seen.elapsedMs),
      }
    }
    return { onEvent: (_event, seen) => check(seen), onTimer: check, deadline: { from: 'launch', ms } }
  },
}
