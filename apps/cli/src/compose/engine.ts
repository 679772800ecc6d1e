import type { AgentAdapter } from '@gump/agents'
import { createEngine, type Engine, type Human } from '@gump/engine'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'

import type { Configuration } from '../config/configuration.js'
import type { CliContext } from '../context.js'
import { composeAgents } from './agents.js'
import { composePlaybook } from './playbook.js'
import { loadPlugins, noPlugins } from './plugins.js'
import { composePricing } from './pricing.js'
import { engineSettings } from './settings.js'

export interface Composition {
  readonly root: string
  /** null: the packages of `[plugins]` are not loaded. */
  readonly plugins: { announce(name: string): void } | null
  readonly human: Human | null
  /** Agents beside the built-in ones. */
  readonly agents: readonly AgentAdapter[]
}

/** Puts the engine together from the built-in parts, the plugins and the configuration. */
export async function composeEngine(
  context: CliContext,
  config: Configuration,
  { root, plugins, human, agents }: Composition,
): Promise<Engine> {
  const more =
    plugins === null
      ? noPlugins
      : await loadPlugins(root, config.list('plugins', 'packages'), (name) => plugins.announce(name))
  return createEngine({
    repo: root,
    playbook: composePlaybook(context, root),
    agents: [...composeAgents(config, root), ...agents, ...more.agents],
    gates: [...builtinGates, ...more.gates],
    guards: [...builtinGuards, ...more.guards],
    settings: engineSettings(config, {
      root,
      home: context.home,
      version: context.version,
      pricing: composePricing(config),
    }),
    ambient: { env: context.env, home: context.home, human },
  })
}
