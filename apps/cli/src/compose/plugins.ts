import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { AgentAdapter } from '@gump/agents'
import { GumpError } from '@gump/errors'
import type { GateDefinition } from '@gump/gates'
import type { GuardDefinition } from '@gump/guards'

/** What the plugin packages bring. */
export interface Plugins {
  readonly agents: readonly AgentAdapter[]
  readonly gates: readonly GateDefinition[]
  readonly guards: readonly GuardDefinition[]
}

export const noPlugins: Plugins = { agents: [], gates: [], guards: [] }

/**
 * Imports the packages of `[plugins]`, found as a module at the repository's root would find them. This runs their code,
 * so it is done for runs only and each is announced first.
 */
export async function loadPlugins(
  root: string,
  packages: readonly string[],
  announce: (name: string) => void,
): Promise<Plugins> {
  const agents: AgentAdapter[] = []
  const gates: GateDefinition[] = []
  const guards: GuardDefinition[] = []
  for (const name of packages) {
    announce(name)
    for (const item of await load(root, name)) {
      if (isAgent(item)) agents.push(item)
      else if (isGate(item)) gates.push(item)
      else if (isGuard(item)) guards.push(item)
      else {
        throw new GumpError(
          'GUMP-C007',
          `the plugin ${name} exports something that is neither agent, gate nor guard`,
          {
            data: { package: name },
            remedy:
              'Its default export must be made by defineAgent, defineGate or defineGuard, or be a list of such.',
          },
        )
      }
    }
  }
  return { agents, gates, guards }
}

async function load(root: string, name: string): Promise<readonly unknown[]> {
  try {
    const path = createRequire(join(root, 'package.json')).resolve(name)
    const loaded = (await import(pathToFileURL(path).href)) as { readonly default?: unknown }
    return Array.isArray(loaded.default) ? (loaded.default as readonly unknown[]) : [loaded.default]
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new GumpError('GUMP-C007', `the plugin ${name} can not be loaded: ${reason}`, {
      cause: error,
      data: { package: name },
    })
  }
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
