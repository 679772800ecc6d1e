import { type AgentAdapter, defineAgent } from '@gump/agents'
import { GumpError } from '@gump/errors'
import { defineGate, type GateDefinition } from '@gump/gates'
import { defineGuard, type GuardDefinition } from '@gump/guards'

import { importPlugin } from './import-plugin.js'

/** What can be plugged in: that of a package, or all there is. */
export interface Plugins {
  readonly agents: readonly AgentAdapter[]
  readonly gates: readonly GateDefinition[]
  readonly guards: readonly GuardDefinition[]
}

/** A plugin that may be loaded, and the file to import. */
export interface ReadyPlugin {
  readonly name: string
  readonly file: string
}

/**
 * Adds what plugins export to what there is. This runs their code, so each is announced first. None may take the place
 * of something else: GUMP-C007.
 */
export async function loadPlugins(
  plugins: readonly ReadyPlugin[],
  { there, announce }: { readonly there: Plugins; announce(name: string): void },
): Promise<Plugins> {
  let all = there
  for (const { name, file } of plugins) {
    announce(name)
    for (const item of await importPlugin(name, file)) all = add(all, item, name)
  }
  return all
}

function add(all: Plugins, item: unknown, plugin: string): Plugins {
  if (isAgent(item)) {
    refuseTaken('agent', item.name, plugin, all.agents.flatMap(namesOf))
    return { ...all, agents: [...all.agents, defineAgent(item)] }
  }
  if (isGate(item)) {
    refuseTaken('gate', item.name, plugin, all.gates.map(nameOf))
    return { ...all, gates: [...all.gates, defineGate(item)] }
  }
  if (isGuard(item)) {
    refuseTaken('guard', item.name, plugin, all.guards.map(nameOf))
    return { ...all, guards: [...all.guards, defineGuard(item)] }
  }
  throw new GumpError(
    'GUMP-C007',
    `the plugin ${plugin} exports something that is neither agent, gate nor guard`,
    {
      data: { package: plugin },
      remedy:
        'Its default export must be made by defineAgent, defineGate or defineGuard, or be a list of such.',
    },
  )
}

function refuseTaken(kind: string, name: string, plugin: string, taken: readonly string[]): void {
  if (!taken.includes(name)) return
  throw new GumpError(
    'GUMP-C007',
    `the plugin ${plugin} brings the ${kind} "${name}", which there is already`,
    {
      data: { package: plugin, name },
      remedy: 'Its author has to give it another name; until then, remove the package from [plugins].',
    },
  )
}

function nameOf({ name }: { readonly name: string }): string {
  return name
}

/** An agent is also called by its name and one of its models. */
function namesOf({ name, models }: AgentAdapter): readonly string[] {
  return [name, ...Object.keys(models.aliases).map((alias) => `${name}-${alias}`)]
}

function has(value: unknown, ...names: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && names.every((name) => name in value)
}

function isAgent(value: unknown): value is AgentAdapter {
  return has(value, 'name', 'launch', 'createParser')
}

function isGate(value: unknown): value is GateDefinition {
  return has(value, 'name', 'argument', 'run')
}

function isGuard(value: unknown): value is GuardDefinition {
  return has(value, 'name', 'value', 'create')
}
