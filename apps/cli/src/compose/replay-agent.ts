import { type AgentAdapter, replay } from '@gump/agents'

import type { Configuration } from '../config/configuration.js'
import type { CliContext } from '../context.js'
import { composeAgents } from './agents.js'
import { composeEngine } from './engine.js'
import { recordRun } from './recorded-run.js'

const prefix = 'replay:'

export function isReplay(agent: string): boolean {
  return agent.startsWith(prefix)
}

/** The agent behind `replay:RUN`: does again what the agents of that run did. Its name has the whole id of the run. */
export async function replayAgent(
  context: CliContext,
  config: Configuration,
  root: string,
  name: string,
): Promise<AgentAdapter> {
  const engine = await composeEngine(context, config, { root, plugins: null, human: null, agents: [] })
  try {
    const { id, dir } = await engine.find(name.slice(prefix.length))
    const events = await engine.events(id)
    const recording = await recordRun(root, { id, dir, events }, composeAgents(config, root))
    return { ...replay(recording), name: prefix + id }
  } finally {
    await engine.close()
  }
}

/** The agent that a run was started with, when it is a replay: a resume needs it again. */
export async function recordedReplay(
  context: CliContext,
  config: Configuration,
  root: string,
  run: string,
): Promise<string | undefined> {
  const engine = await composeEngine(context, config, { root, plugins: null, human: null, agents: [] })
  try {
    const start = (await engine.events(run)).find((event) => event.type === 'run_started')
    const agent = start?.options.agent_override
    return typeof agent === 'string' && isReplay(agent) ? agent : undefined
  } finally {
    await engine.close()
  }
}
