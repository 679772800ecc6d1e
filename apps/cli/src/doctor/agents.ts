import { resolveAgent } from '@gump/agents'

import { agentStates, describeState } from '../compose/agent-states.js'
import { askSignedIn } from './ask-signed-in.js'
import type { Examination, Finding } from './finding.js'

type Agent = Awaited<ReturnType<typeof agentStates>>[number]

export const examineAgents: Examination = async ({ context, config }) => {
  if (config === null) return []
  const agents = await agentStates(context, config)
  const wanted = config.text('default_agent') ?? ''
  const adapters = agents.map(({ adapter }) => adapter)
  const aliases = Object.fromEntries([...config.tableOf('agents', 'alias')].map(([a, b]) => [a, String(b)]))
  const resolved = resolveAgent(wanted, adapters, { aliases })
  const chosen = resolved.ok ? resolved.agent.adapter : null
  const programs = agents.filter(({ command }) => command !== null)
  const found = await Promise.all(
    programs.map(async (agent) => {
      const signedIn = await askSignedIn(agent, context)
      return describe(agent, agent.name === chosen?.name, signedIn)
    }),
  )
  const none = chosen?.detection !== null && programs.every(({ path }) => path === null)
  return [
    ...found,
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

/** `signedIn`: null when the program does not tell. */
function describe(agent: Agent, isDefault: boolean, signedIn: boolean | null): Finding {
  const base = { area: 'agents', name: `${agent.name}${isDefault ? ' (default)' : ''}` } as const
  const detail = describeState(agent)
  if (agent.path === null) {
    if (!isDefault) return { ...base, status: 'absent', detail }
    const remedy = 'Install it, or choose another with gump config set default_agent.'
    return { ...base, status: 'warning', detail, remedy }
  }
  if (!agent.verified) {
    const remedy = 'It will probably work; please report it when it does not.'
    return { ...base, status: 'warning', detail, remedy }
  }
  if (signedIn === null) return { ...base, status: 'ok', detail }
  return signedIn
    ? { ...base, status: 'ok', detail: `${detail}, signed in` }
    : { ...base, status: 'warning', detail: `${detail}, nobody is signed in`, remedy: agent.login ?? '' }
}

function broken(name: string, detail: string, remedy: string): Finding {
  return { area: 'agents', name, status: 'broken', detail, remedy }
}
