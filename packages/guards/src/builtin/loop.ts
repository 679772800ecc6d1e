import type { GuardDefinition } from '../contract.js'

/** Trips at the Nth identical tool call in a row: same tool, same path, same command, whatever was said in between. */
export const loop: GuardDefinition = {
  name: 'loop',
  summary: 'trips when the same tool call is made this many times in a row',
  value: 'count',
  create: (value) => {
    const limit = Number(value)
    let last = ''
    let repeated = 0
    return {
      onEvent(event) {
        if (event.type !== 'tool_started') return null
        const call = JSON.stringify([event.kind, event.tool, event.path ?? null, event.command ?? null])
        repeated = call === last ? repeated + 1 : 1
        last = call
        if (repeated < limit) return null
        const about = event.command ?? event.path
        const shown = about === undefined ? event.tool : `${event.tool} ${about.slice(0, 200)}`
        return {
          guard: 'loop',
          reason: `${String(repeated)} identical tool calls in a row: ${shown}`,
          limit: String(limit),
          observed: String(repeated),
        }
      },
    }
  },
}
