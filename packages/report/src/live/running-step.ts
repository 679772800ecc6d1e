import type { Cost } from '../cost.js'
import type { LiveAgentEvent } from './live-event.js'
import { actionText } from './turn-lines.js'

/** One step that is in progress. */
export interface RunningStep {
  readonly path: string
  readonly agent: string | null
  readonly attempt: number
  readonly maxAttempts: number
  readonly phase: 'starting' | 'agent' | 'collecting' | 'gate' | 'parked' | 'paused'
  /** Epoch milliseconds. */
  readonly since: number
  /** 0 before the first. */
  readonly turn: number
  /** What is being done: an action of the agent, or the gate that runs. Already escaped, except for the gate. */
  readonly action: string | null
  /** When a parked step continues, in epoch milliseconds. */
  readonly until: number | null
  readonly cost: Cost
}

/** What the agent is doing after a live event; `before` when the event does not change that. */
export function liveAction(event: LiveAgentEvent, before: string | null): string | null {
  switch (event.type) {
    case 'turn_started':
    case 'reasoning':
      return 'thinking'
    case 'text':
      return 'writing'
    case 'tool_started': {
      const target = event.path ?? event.command
      return actionText({
        kind: event.kind ?? 'other',
        tool: event.tool ?? 'tool',
        ...(target === undefined ? {} : { target }),
      })
    }
    case 'tool_finished':
      return 'thinking'
    case 'retry_wait':
      return `waiting for the provider${event.status === null || event.status === undefined ? '' : ` (HTTP ${event.status})`}`
    default:
      return before
  }
}
