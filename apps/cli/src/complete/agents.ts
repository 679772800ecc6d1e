import { builtinAgents } from '@gump/agents'

import type { Configuration } from '../config/configuration.js'
import type { Candidate } from './situation.js'

/** Names that are agents only with what stands behind a colon. */
const wantsMore: ReadonlySet<string> = new Set(['acp', 'command', 'replay'])

/** Names of agents, with a model or without, and the other names that the configuration gives. */
export function agentNames(config: Configuration | null): readonly Candidate[] {
  const found = new Map<string, string>()
  for (const { name, displayName, models } of builtinAgents()) {
    if (wantsMore.has(name)) continue
    found.set(name, displayName)
    for (const [suffix, model] of Object.entries(models.aliases)) found.set(`${name}-${suffix}`, model)
  }
  for (const [name, model] of config?.tableOf('models') ?? []) found.set(name, String(model))
  for (const [name, agent] of config?.tableOf('agents', 'alias') ?? []) found.set(name, String(agent))
  for (const [name, line] of config?.tableOf('agents', '*', 'command') ?? []) {
    found.set(`command:${name}`, String(line))
  }
  return [...found].map(([word, about]) => ({ word, about }))
}
