import type { AgentEvent } from '@gump/agents'

/** Which tools a stream says are running. */
export interface OpenTools {
  take(event: AgentEvent): void
  readonly running: boolean
}

/**
 * A new turn shows that the tools of the one before are over, whether their end was reported or not: the model has been given
 * what came of them.
 */
export function createOpenTools(): OpenTools {
  const open = new Set<string>()
  return {
    take(event) {
      if (event.type === 'turn_started') open.clear()
      if (event.type === 'tool_started') open.add(event.id)
      if (event.type === 'tool_finished') open.delete(event.id)
    },
    get running() {
      return open.size > 0
    },
  }
}
