import type { AgentAdapter } from '@gump/agents'
import { createEngine, type Engine, type Human } from '@gump/engine'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'

import type { Configuration } from '../config/configuration.js'
import type { CliContext } from '../context.js'
import type { PluginState } from '../plugins/plugin-state.js'
import { notTrusted, type ReadyPlugins, readyPlugins } from '../plugins/ready-plugins.js'
import { composeAgents } from './agents.js'
import { composePlaybook } from './playbook.js'
import { loadPlugins } from './plugins.js'
import { composeAssumedPricing, composePricing } from './pricing.js'
import { engineSettings } from './settings.js'

/** What is done about the packages of `[plugins]`. */
export interface PluginLoading {
  /** Called before the code of a plugin is loaded. */
  announce(name: string): void
  /** Nothing is started: a plugin that nobody has consented to is skipped instead of refused. */
  readonly onlyPlans: boolean
  /** Called for each plugin that is skipped. */
  pass(plugin: PluginState): void
}

const nothing: ReadyPlugins = { ready: [], waiting: [] }

export interface Composition {
  readonly root: string
  /** null: the packages of `[plugins]` are not loaded. */
  readonly plugins: PluginLoading | null
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
  const { ready, waiting } = plugins === null ? nothing : readyPlugins(config, { root, home: context.home })
  if (plugins?.onlyPlans === true) for (const state of waiting) plugins.pass(state)
  else if (waiting.length > 0) throw notTrusted(waiting)
  const all = await loadPlugins(ready, { there, announce: (name) => plugins?.announce(name) })
  return createEngine({
    repo: root,
    playbook: composePlaybook(context, root),
    ...all,
    unloaded: waiting.map(({ listed }) => listed.name),
    settings: engineSettings(config, {
      root,
      home: context.home,
      version: context.version,
      pricing: composePricing(config),
      assumedPricing: composeAssumedPricing(config),
    }),
    ambient: { env: context.env, home: context.home, human },
  })
}
