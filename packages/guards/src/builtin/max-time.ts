import { spellDuration } from '@gump/errors'
import type { GuardDefinition, GuardObservation, GuardTrip } from '../contract.js'

/** Trips when the launch has taken that long, by the clock on the wall. */
export const maxTime: GuardDefinition = {
  name: 'max_time',
  summary: 'trips when the agent has run for this long',
  value: 'duration',
  create: (value) => {
    const ms = Number(value)
    const check = (seen: GuardObservation): GuardTrip | null => {
      if (seen.elapsedMs < ms) return null
      const limit = spellDuration(ms, 2)
      return {
        guard: 'max_time',
        reason: `not done after ${limit}`,
        limit,
        observed: spellDuration(seen.elapsedMs, 2),
      }
    }
    return { onEvent: (_event, seen) => check(seen), onTimer: check, deadline: { from: 'launch', ms } }
  },
}
