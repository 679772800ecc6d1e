import { resolveAgent } from '@gump/agents'

import { type AgentState, detectAgents, state } from '../actions/models.js'
import { composeAgents } from '../compose/agents.js'
import type { Examination, Finding } from './finding.js'

export const examineAgents: Examination = async ({ context, config, root }) => {
  if (config === null) return []
  const agents = (await detectAgents(context, config)).filter(({ command }) => command !== null)
  const wanted = config.text('default_agent') ?? ''
  const resolved = resolveAgent(wanted, composeAgents(config, root ?? context.cwd), {
    aliases: Object.fromEntries([...config.tableOf('agents', 'alias')].map(([a, b]) => [a, String(b)])),
  })
  const chosen = resolved.ok ? resolved.agent.adapter.name : null
  const none = agents.every(({ path }) => path === null)
  return [
    ...agents.map((agent) => describe(agent, agent.name === chosen)),
    ...(none
      ? [
          broken(
            'any agent',
            'no agent is installed',
            'Install one of those above; gump run … --agent NAME uses it.',
          ),
        ]
      : []),
    ...(chosen === null
      ? [broken('default_agent', `there is no agent "${wanted}"`, 'gump models lists them.')]
      : []),
  ]
}

function describe(agent: AgentState, isDefault: boolean): Finding {
  const missing = agent.path === null
  const remedy = missing
    ? isDefault
      ? `${agent.install ?? ''}, or choose another with gump config set default_agent`
      : undefined
    : agent.verified
      ? undefined
      : 'It will probably work; please report it when it does not.'
  return {
    area: 'agents',
    name: `${agent.name}${isDefault ? ' (default)' : ''}`,
    status: missing || !agent.verified ? 'warning' : 'ok',
    detail: state(agent),
    ...(remedy === undefined ? {} : { remedy }),
  }
}

function broken(name: string, detail: string, remedy: string): Finding {
  return { area: 'agents', name, status: 'broken', detail, remedy }
}
