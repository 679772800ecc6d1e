import { homedir } from 'node:os'
import { join } from 'node:path'
import type { AgentAdapter } from '@gump/agents'
import type { GateDefinition } from '@gump/gates'
import type { GuardDefinition } from '@gump/guards'
import { createRunStore, type RunStore } from '@gump/ledger'
import { createProcessRunner } from '@gump/process'
import type { Playbook, Vocabulary } from '@gump/schema'
import { openWorkspace, type RepositoryFacts, type WorkspaceProvider } from '@gump/workspace'
import { defaultSettings } from '../ambient/default-settings.js'
import { systemClock } from '../ambient/system-clock.js'
import { uuidV7 } from '../ambient/uuid-v7.js'
import type { Ambient, EngineOptions, EngineSettings } from '../contract.js'
import { type AgentDetector, createAgentDetector } from '../detect/agent-detector.js'
import { refuseLinks } from './refuse-links.js'
import { expectUniqueNames } from './unique-names.js'

/** An engine's options with every default filled in, on one repository. */
export interface Setup {
  readonly playbook: Playbook
  readonly adapters: readonly AgentAdapter[]
  readonly gates: ReadonlyMap<string, GateDefinition>
  readonly guards: ReadonlyMap<string, GuardDefinition>
  readonly settings: EngineSettings
  readonly ambient: Ambient
  readonly vocabulary: Vocabulary
  readonly workspace: WorkspaceProvider
  readonly facts: RepositoryFacts
  readonly store: RunStore
  readonly detect: AgentDetector
}

/**
 * Opens the repository and fills in defaults. Rejects with GUMP-P001 or GUMP-P002 where there is none, with GUMP-C007
 * when two agents, gates or guards have one name.
 */
export async function openSetup(options: EngineOptions): Promise<Setup> {
  expectUniqueNames('agent', options.agents)
  expectUniqueNames('gate', options.gates)
  expectUniqueNames('guard', options.guards)
  const settings = { ...defaultSettings, ...options.settings }
  const ambient = fillAmbient(options, settings)
  const workspace = await ambient.workspace(options.repo)
  const facts = await workspace.facts()
  refuseLinks(facts.root)
  return {
    playbook: options.playbook,
    adapters: options.agents,
    gates: new Map(options.gates.map((gate) => [gate.name, gate])),
    guards: new Map(options.guards.map((guard) => [guard.name, guard])),
    settings,
    ambient,
    vocabulary: {
      gates: options.gates.map(({ name, argument }) => ({ name, argument })),
      guards: options.guards.map(({ name, value }) => ({ name, value })),
      unloaded: options.unloaded ?? [],
    },
    workspace,
    facts,
    store: createRunStore(join(facts.root, '.gump')),
    detect: createAgentDetector({ ...ambient, executables: settings.executables }),
  }
}

function fillAmbient(options: EngineOptions, settings: EngineSettings): Ambient {
  const given = options.ambient ?? {}
  const env = given.env ?? process.env
  const faults = given.faults ?? ((): void => {})
  const clock = given.clock ?? systemClock
  return {
    clock,
    ids: given.ids ?? uuidV7(() => clock.now()),
    env,
    home: given.home ?? homedir(),
    processes: given.processes ?? createProcessRunner({ env }),
    workspace:
      given.workspace ??
      ((repo) => openWorkspace(repo, { env, fault: faults, durability: settings.durability })),
    human: given.human ?? null,
    executor: given.executor ?? null,
    faults,
  }
}
