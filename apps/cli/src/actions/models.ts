import type { AgentAdapter } from '@gump/agents'
import { renderPlainTable } from '@gump/report'

import { type AgentState, agentStates, describeState } from '../compose/agent-states.js'
import { composeAgents } from '../compose/agents.js'
import { composePricing } from '../compose/pricing.js'
import type { Configuration } from '../config/configuration.js'
import { configured } from '../configured.js'
import { type CliContext, tableWidth } from '../context.js'
import { json } from '../display/json.js'
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

export async function models(context: CliContext, options: { readonly json: boolean }): Promise<number> {
  const config = await configured(context)
  const agents = (await agentStates(context, config)).map(
    ({ adapter: _adapter, ...agent }): AgentState => agent,
  )
  const names = modelNames(config, composeAgents(config, repositoryRoot(context.cwd) ?? context.cwd))
  const aliases = Object.fromEntries(config.tableOf('agents', 'alias'))
  if (options.json) {
    context.stdout.write(json({ agents, models: names, aliases }))
    return exitCodes.passed
  }
  const rows = agents.map((agent) => [
    agent.name,
    agent.displayName,
    agent.command ?? '–',
    describeState(agent),
  ])
  context.stdout.write(
    renderPlainTable([['AGENT', 'NAME', 'PROGRAM', 'FOUND'], ...rows], tableWidth(context)),
  )
  const modelRows = names.map(({ name, model, price }) => [
    name,
    model,
    price === null ? 'no price known' : `$${price.input} in, $${price.output} out`,
  ])
  context.stdout.write(
    `\n${renderPlainTable([['MODEL NAME', 'MODEL', 'PRICE PER MILLION TOKENS'], ...modelRows], tableWidth(context))}`,
  )
  const stands = Object.entries(aliases)
  if (stands.length > 0) {
    context.stdout.write(
      `\n${renderPlainTable([['ALIAS', 'STANDS FOR'], ...stands.map(([a, b]) => [a, String(b)])], tableWidth(context))}`,
    )
  }
  context.stdout.write('\ngump models --prices shows where the prices are from.\n')
  return exitCodes.passed
}

/** Model names with the models behind them, the configuration's over the agents' own. */
export function modelNames(config: Configuration, adapters: readonly AgentAdapter[]): readonly ModelName[] {
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
