import type { AgentEvent } from '@gump/agents'

// `stream_event/ping` is what the Anthropic API sends while nothing happens; the others are what agents call theirs.
const HEARTBEAT = /(?:^|[/._-])(?:ping|heartbeat|keep[-_]?alive)$/i

/**
 * True when an event shows that the agent does something. Every event does, also one that is not understood (the output of a running
 * tool often comes as such), except a heartbeat, which an agent that hangs sends as well.
 */
export function isActivity(event: AgentEvent): boolean {
  return event.type !== 'raw' || !HEARTBEAT.test(event.name)
}
