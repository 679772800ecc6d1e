import type { AgentAdapter } from '@gump/agents'
import { createEngine, type Engine, type Human } from '@gump/engine'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'

import type { Configuration } from '../config/configuration.js'
import type { CliContext } from '../context.js'
import { composeAgents } from './agents.js'
import { composePlaybook } from './playbook.js'
import { loadPlugins } from './plugins.js'
import { composePricing } from './pricing.js'
import { engineSettings } from './settings.js'

export interface Composition {
  readonly root: string
  /** null: the packages of `[plugins]` are not loaded. */
  readonly plugins: { announce(name: string): void } | null
  readonly human: Human | null
  /** Agents beside the built-in ones. */
  readonly agents: readonly AgentAdapter[]
  /** The agent that the user names on the command line. */
  readonly asked?: string | undefined
}

/** Puts the engine together from the built-in parts, the plugins and the configuration. */
export async function composeEngine(
  context: CliContext,
  config: Configuration,
  { root, plugins, human, agents, asked }: Composition,
): Promise<Engine> {
  const there = {
    agents: [...composeAgents(config, root, asked), ...agents],
    gates: builtinGates,
    guards: builtinGuards,
  }
  const packages = plugins === null ? [] : config.list('plugins', 'packages')
  const all = await loadPlugins(root, packages, { there, announce: (name) => plugins?.announce(name) })
  return createEngine({
    repo: root,
    playbook: composePlaybook(context, root),
    ...all,
    settings: engineSettings(config, {
      root,
      home: context.home,
      version: context.version,
      pricing: composePricing(config),
    }),
    ambient: { env: context.env, home: context.home, human },
  })
}
