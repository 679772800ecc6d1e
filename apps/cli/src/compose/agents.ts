import { type AgentAdapter, builtinAgents, command, type CommandAgent } from '@gump/agents'

import type { Configuration } from '../config/configuration.js'
import { scriptedAgents } from './agent-script.js'

/** The built-in agents, with the script and the commands that the configuration gives to those that need one. */
export function composeAgents(config: Configuration, root: string): readonly AgentAdapter[] {
  const configured = [
    scriptedAgents(root, config.text('agents', 'scripted', 'script')),
    command(commandAgents(config)),
  ]
  return builtinAgents().map((agent) => configured.find(({ name }) => name === agent.name) ?? agent)
}

function commandAgents(config: Configuration): Readonly<Record<string, CommandAgent>> {
  return Object.fromEntries(
    [...config.tableOf('agents', '*', 'command')].map(([name, line]) => {
      const format = config.text('agents', name, 'format') === 'jsonl' ? 'jsonl' : 'text'
      return [name, { command: String(line), format }]
    }),
  )
}
