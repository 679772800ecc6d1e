import { type AgentAdapter, resolveAgent } from '@gump/agents'
import { escapeControl } from '@gump/errors'

import { agentStates, describeState } from '../compose/agent-states.js'
import { examineCommandAgents } from './command-agents.js'
import { askSignedIn } from './ask-signed-in.js'
import type { Examination, Finding } from './finding.js'

type Agent = Awaited<ReturnType<typeof agentStates>>[number]

export const examineAgents: Examination = async (surroundings) => {
  const { context, config } = surroundings
  if (config === null) return []
  const agents = await agentStates(context, config)
  const wanted = config.text('default_agent') ?? ''
  const adapters = agents.map(({ adapter }) => adapter)
  const aliases = Object.fromEntries([...config.tableOf('agents', 'alias')].map(([a, b]) => [a, String(b)]))
  const adapterOf = (name: string): AgentAdapter | null => {
    const resolved = resolveAgent(name, adapters, { aliases })
    return resolved.ok ? resolved.agent.adapter : null
  }
  const chosen = adapterOf(wanted)
  const programs = agents.filter(({ command }) => command !== null)
  const found = await Promise.all(
    programs.map(async (agent) => {
      const signedIn = await askSignedIn(agent, context)
      return describe(agent, agent.name === chosen?.name, signedIn)
    }),
  )
  const commands = await examineCommandAgents(surroundings)
  const needsNone = [chosen, ...Object.keys(aliases).map(adapterOf)].some(
    (agent) => agent?.detection === null,
  )
  const isAnyThere =
    needsNone || programs.some(({ path }) => path !== null) || commands.some(({ status }) => status === 'ok')
  return [
    ...found,
    ...commands,
    ...Object.entries(aliases).map(([name, target]) => {
      const adapter = adapterOf(name)
      const installed = agents.some((agent) => agent.name === adapter?.name && agent.path !== null)
      const shown = `${name}${name === wanted ? ' (default)' : ''}`
      return standIn(shown, target, adapter, installed)
    }),
    ...(chosen?.detection === null && !Object.hasOwn(aliases, wanted)
      ? [fine(`${wanted} (default)`, 'nothing to install')]
      : []),
    ...(!isAnyThere
      ? [
          broken(
            'any agent',
            'no agent is installed',
            'Install one of those above; gump run … --agent NAME uses it for every step.',
          ),
        ]
      : []),
    ...(chosen === null && !Object.hasOwn(aliases, wanted)
      ? [broken('default_agent', `there is no agent "${wanted}"`, 'gump models lists them.')]
      : []),
  ]
}

/** An agent that another one stands in for, wherever a workflow names it. */
function standIn(name: string, target: string, adapter: AgentAdapter | null, installed: boolean): Finding {
  if (adapter === null) {
    const remedy = 'gump models lists the agents; correct it under agents.alias.'
    return broken(name, `an alias of "${target}", which is no agent`, remedy)
  }
  if (adapter.detection === null) return fine(name, `an alias: ${target} does its work and needs no program`)
  if (installed) return fine(name, `an alias: ${target} does its work`)
  const remedy = 'Install it, or name another under agents.alias.'
  const detail = `an alias of ${target}, which is not installed`
  return { area: 'agents', name, status: 'warning', detail, remedy }
}

function fine(name: string, detail: string): Finding {
  return { area: 'agents', name, status: 'ok', detail }
}

/** `signedIn`: null when the program does not tell. */
function describe(agent: Agent, isDefault: boolean, signedIn: boolean | null): Finding {
  const base = { area: 'agents', name: `${agent.name}${isDefault ? ' (default)' : ''}` } as const
  const seen = agent.remarks.map((remark) => escapeControl(remark)).join('; ')
  const state = describeState(agent)
  const detail = agent.version === null || seen === '' ? state : `${state}; ${seen}`
  if (agent.path === null) {
    if (!isDefault) return { ...base, status: 'absent', detail }
    const remedy =
      'Install it, or use another agent: --agent NAME for one run, agents.alias in gump.toml for all.'
    return { ...base, status: 'warning', detail, remedy }
  }
  if (!agent.verified) {
    const asked = `${agent.command} ${agent.adapter.detection?.versionArgs.join(' ') ?? ''}`
    const remedy =
      agent.version === null
        ? `${seen === '' ? '' : `${seen}. `}Run ${asked} by hand to see whether the program works: it told no version.`
        : 'It will probably work; please report it when it does not.'
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
