import type { AgentAdapter } from '@gump/agents'

import { composeAgents } from '../compose/agents.js'
import { composeDetector } from '../compose/detector.js'
import { composePricing } from '../compose/pricing.js'
import { executables } from '../compose/settings.js'
import type { Configuration } from '../config/configuration.js'
import { configured } from '../configured.js'
import type { CliContext } from '../context.js'
import { json } from '../display/json.js'
import { table } from '../display/table.js'
import { exitCodes } from '../exit-codes.js'
import { repositoryRoot } from '../repository.js'

interface ModelName {
  readonly name: string
  readonly model: string
  /** `adapter`: the agent's own table. */
  readonly from: 'adapter' | 'configuration'
  /** USD per million tokens, in and out; null when no price is known. */
  readonly price: { readonly input: number; readonly output: number } | null
}

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
  readonly install: string | null
  readonly login: string | null
}

/** All agents with what is installed of them. */
export async function detectAgents(
  context: CliContext,
  config: Configuration,
): Promise<readonly AgentState[]> {
  const root = repositoryRoot(context.cwd) ?? context.cwd
  const detect = composeDetector(context, config, root)
  const named = executables(config, root, context.home)
  return await Promise.all(
    composeAgents(config, root).map(async (adapter) => {
      const { name, displayName, detection } = adapter
      const { path, version, verified } = await detect(adapter)
      return {
        name,
        displayName,
        command: named[name] ?? detection?.command ?? null,
        path,
        version,
        verifiedWith: detection?.verified ?? [],
        verified,
        install: detection?.install ?? null,
        login: detection?.login ?? null,
      }
    }),
  )
}

export async function models(context: CliContext, options: { readonly json: boolean }): Promise<number> {
  const config = await configured(context)
  const agents = await detectAgents(context, config)
  const adapters = composeAgents(config, repositoryRoot(context.cwd) ?? context.cwd)
  const names = modelNames(config, adapters)
  const aliases = Object.fromEntries(config.tableOf('agents', 'alias'))
  if (options.json) {
    context.stdout.write(json({ agents, models: names, aliases }))
    return exitCodes.passed
  }
  const rows = agents.map((agent) => [agent.name, agent.displayName, agent.command ?? '–', state(agent)])
  context.stdout.write(table([['AGENT', 'NAME', 'PROGRAM', 'FOUND'], ...rows]))
  const modelRows = names.map(({ name, model, price }) => [
    name,
    model,
    price === null ? 'no price known' : `$${price.input} in, $${price.output} out`,
  ])
  context.stdout.write(`\n${table([['MODEL NAME', 'MODEL', 'PRICE PER MILLION TOKENS'], ...modelRows])}`)
  const stands = Object.entries(aliases)
  if (stands.length > 0) {
    context.stdout.write(`\n${table([['ALIAS', 'STANDS FOR'], ...stands.map(([a, b]) => [a, String(b)])])}`)
  }
  return exitCodes.passed
}

export function state(agent: AgentState): string {
  if (agent.command === null) return 'nothing to install'
  if (agent.path === null) return `not installed: ${agent.install ?? ''}`
  const version = agent.version ?? 'of unknown version'
  return agent.verified ? version : `${version}, verified with ${agent.verifiedWith.join(', ')}`
}

function modelNames(config: Configuration, adapters: readonly AgentAdapter[]): readonly ModelName[] {
  const pricing = composePricing(config)
  const found = new Map<string, Omit<ModelName, 'price'>>()
  for (const { name, models: own } of adapters) {
    for (const [suffix, model] of Object.entries(own.aliases)) {
      found.set(`${name}-${suffix}`, { name: `${name}-${suffix}`, model, from: 'adapter' })
    }
  }
  for (const [name, model] of config.tableOf('models')) {
    found.set(name, { name, model: String(model), from: 'configuration' })
  }
  return [...found.values()].map((entry) => {
    const price = pricing(entry.model)
    return { ...entry, price: price === null ? null : { input: price.input, output: price.output } }
  })
}
