import { spellDuration } from '@gump/errors'
import type { GuardDefinition } from '../contract.js'

/** Trips when a tool has run for that long without any output: a build may do so, but a prompt for a password never ends. */
export const maxToolTime: GuardDefinition = {
  name: 'max_tool_time',
  summary: 'trips when a tool has run for this long without any output; 1h by default',
  value: 'duration',
  defaultValue: 60 * 60_000,
  create: (value) => {
    const ms = Number(value)
    return {
      onEvent: () => null,
      onTimer(seen) {
        if (seen.toolMs < ms) return null
        const limit = spellDuration(ms, 2)
        return {
          guard: 'max_tool_time',
          reason: `a tool was silent for ${limit}`,
          limit,
          observed: spellDuration(seen.toolMs, 2),
        }
      },
      deadline: { from: 'tool', ms },
    }
  },
}
