import type { AgentEvent } from '@gump/agents'
import type { GuardMoment } from '@gump/guards'

export const turn: AgentEvent = { type: 'turn_started' }
export const text: AgentEvent = { type: 'text', text: 'hello' }
export const written = (path: string, kind: 'write' | 'edit' = 'write'): GuardMoment => ({
  event: { type: 'tool_started', id: '1', tool: 'Write', kind, path },
})
export const ran = (command: string): GuardMoment => ({
  event: { type: 'tool_started', id: '1', tool: 'Bash', kind: 'shell', command },
})
