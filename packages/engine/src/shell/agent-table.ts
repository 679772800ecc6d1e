import { type AgentAdapter, resolveAgent } from '@gump/agents'
import { GumpError } from '@gump/errors'
import type { EngineSettings } from '../contract.js'

export interface TableEntry {
  readonly name: string
  readonly adapter: AgentAdapter
  readonly model: string | null
}

/** Agents by the names that workflows use, after stand-ins have been applied by the core. */
export interface AgentTable {
  /** Throws GUMP-P005 with the closest name. */
  get(name: string): TableEntry
}

export function createAgentTable(
  adapters: readonly AgentAdapter[],
  settings: Pick<EngineSettings, 'models'>,
): AgentTable {
  const known = new Map<string, TableEntry>()
  return {
    get(name) {
      const cached = known.get(name)
      if (cached !== undefined) return cached
      const found = resolveAgent(name, adapters, { models: settings.models })
      if (!found.ok) {
        const { message, suggestion } = found.problem
        throw new GumpError('GUMP-P005', message, {
          data: { agent: name, suggestion },
          remedy:
            suggestion === null
              ? 'gump models lists the agents there are'
              : `did you mean ${suggestion}? gump models lists the agents there are`,
        })
      }
      const entry = { name, adapter: found.agent.adapter, model: found.agent.model }
      known.set(name, entry)
      return entry
    },
  }
}
