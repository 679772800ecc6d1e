import { type AgentAdapter, builtinAgents, command, type CommandAgent } from '@gump/agents'

import type { Configuration } from '../config/configuration.js'
import { acpAgents } from './acp-agents.js'
import { type GivenScript, scriptedAgents } from './agent-script.js'
import { userNamed } from './user-named.js'

/**
 * The built-in agents, with the script and the commands that the configuration gives to those that need one.
 *
 * @param asked - `--agent`: an agent that the user names on the command line
 */
export function composeAgents(config: Configuration, root: string, asked?: string): readonly AgentAdapter[] {
  const isNamed = userNamed(config, asked)
  const configured = [
    scriptedAgents(root, scriptOf(config), isNamed),
    acpAgents(isNamed),
    command(commandAgents(config)),
  ]
  return builtinAgents().map((agent) => configured.find(({ name }) => name === agent.name) ?? agent)
}

function scriptOf(config: Configuration): GivenScript | undefined {
  const file = config.text('agents', 'scripted', 'script')
  const source = config.find('agents', 'scripted', 'script')?.source
  return file === undefined ? undefined : { file, byUser: source !== 'project' }
}

function commandAgents(config: Configuration): Readonly<Record<string, CommandAgent>> {
  return Object.fromEntries(
    [...config.tableOf('agents', '*', 'command')].map(([name, line]) => {
      const format = config.text('agents', name, 'format') === 'jsonl' ? 'jsonl' : 'text'
      return [name, { command: String(line), format }]
    }),
  )
}
