import type { GuardDefinition } from '../contract.js'
import { formatDuration } from '../format-duration.js'

/** Trips when a tool has run for that long without letting anything be heard: a build may, a prompt for a password never ends. */
export const maxToolTime: GuardDefinition = {
  name: 'max_tool_time',
  summary: 'no tool is silent for this long',
  value: 'duration',
  defaultValue: 60 * 60_000,
  create: (value) => {
    const ms = Number(value)
    return {
      onEvent: () => null,
      onTimer(seen) {
        if (seen.toolMs < ms) return null
        const limit = formatDuration(ms)
        return {
          guard: 'max_tool_time',
          reason: `a tool was silent for ${limit}`,
          limit,
          observed: formatDuration(seen.toolMs),
        }
      },
      deadline: { from: 'tool', ms },
    }
  },
}
