import { type AgentAdapter, resolveAgent } from '@gump/agents'

import { composeAgents } from '../compose/agents.js'
import { composeDetector } from '../compose/detector.js'
import { repositoryRoot } from '../repository.js'
import type { Examination } from './finding.js'

/** The programs that the configuration makes agents of: `command:NAME`. */
export const examineCommandAgents: Examination = async ({ context, config }) => {
  if (config === null) return []
  const root = repositoryRoot(context.cwd) ?? context.cwd
  const adapters = composeAgents(config, root)
  const detect = composeDetector(context, config, root)
  const named = [...config.tableOf('agents', '*', 'command').keys()].flatMap((name): AgentAdapter[] => {
    const resolved = resolveAgent(`command:${name}`, adapters, { aliases: {} })
    return resolved.ok ? [resolved.agent.adapter] : []
  })
  return await Promise.all(
    named.map(async (adapter) => {
      const base = { area: 'agents', name: adapter.name } as const
      const { path } = await detect(adapter)
      if (path !== null) return { ...base, status: 'ok', detail: path } as const
      const program = adapter.detection?.command ?? ''
      const remedy = `Install it, or correct agents.${adapter.name.slice('command:'.length)}.command.`
      return { ...base, status: 'warning', detail: `there is no program ${program}`, remedy } as const
    }),
  )
}
