import type { AgentAdapter } from '@gump/agents'

import type { Configuration } from '../config/configuration.js'
import type { CliContext } from '../context.js'
import { repositoryRoot } from '../repository.js'
import { composeAgents } from './agents.js'
import { composeDetector } from './detector.js'
import { executables } from './settings.js'

/** One agent and what this machine has of it. */
export interface AgentState {
  readonly name: string
  readonly displayName: string
  /** The program it needs; null: embedded, or given with the agent's argument. */
  readonly command: string | null
  readonly path: string | null
  readonly version: string | null
  readonly verifiedWith: readonly string[]
  readonly verified: boolean
  /** What looking it up has shown besides. */
  readonly remarks: readonly string[]
  readonly install: string | null
  readonly login: string | null
}

/** All agents with what is installed of them. */
export async function agentStates(
  context: CliContext,
  config: Configuration,
): Promise<readonly (AgentState & { readonly adapter: AgentAdapter })[]> {
  const root = repositoryRoot(context.cwd) ?? context.cwd
  const detect = composeDetector(context, config, root)
  const named = executables(config, root, context.home)
  return await Promise.all(
    composeAgents(config, root).map(async (adapter) => {
      const { name, displayName, detection } = adapter
      const { path, version, verified, remarks } = await detect(adapter)
      return {
        adapter,
        name,
        displayName,
        command: named[name] ?? detection?.command ?? null,
        path,
        version,
        verifiedWith: detection?.verified ?? [],
        verified,
        remarks,
        install: detection?.install ?? null,
        login: detection?.login ?? null,
      }
    }),
  )
}

/** What there is of an agent, in words. */
export function describeState(agent: AgentState): string {
  if (agent.command === null) return 'nothing to install'
  if (agent.path === null) return `not installed: ${agent.install ?? ''}`
  const { verifiedWith } = agent
  const version = agent.version ?? 'of unknown version'
  const range = verifiedWith.length === 0 ? 'not verified' : `verified with ${verifiedWith.join(', ')}`
  return agent.verified ? version : `${version}, ${range}`
}
