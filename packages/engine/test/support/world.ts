import { join } from 'node:path'
import { type AgentAdapter, parseAgentScript, scripted } from '@gump/agents'
import { createEngine, type Engine, type EngineOptions, type EngineSettings } from '@gump/engine'
import { builtinGates, type GateDefinition } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import { createRunStore, type LedgerEvent, readLedger } from '@gump/ledger'
import { memoryPlaybook } from '@gump/schema'
import { disagreements, type TemporaryRepository, temporaryRepository } from '@gump/testkit'
import { afterEach, expect } from 'vitest'

/** A repository, an engine on it, and a script that its agents play. */
export interface World {
  readonly repo: TemporaryRepository
  readonly engine: Engine
}

export interface WorldOptions {
  readonly files?: Readonly<Record<string, string>>
  /** Workflows by reference. */
  readonly workflows: Readonly<Record<string, string>>
  /** Where these come from. Default: `builtin`. */
  readonly origin?: 'project' | 'builtin'
  /** YAML of the scripted agent. */
  readonly script: string
  /** In place of agents that play the script. */
  readonly agents?: readonly AgentAdapter[]
  /** Besides those that are built in. */
  readonly gates?: readonly GateDefinition[]
  readonly settings?: Partial<EngineSettings>
  readonly ambient?: EngineOptions['ambient']
  readonly repo?: TemporaryRepository
}

const open: World[] = []
afterEach(async () => {
  for (const { engine, repo } of open.splice(0)) {
    await engine.close()
    const found = await disagreementsOf(repo)
    repo.remove()
    expect(found).toEqual([])
  }
})

/** Whatever a test was about: all views of the ledgers that it left say the same, but for those that it has damaged. */
async function disagreementsOf({ dir }: TemporaryRepository): Promise<readonly string[]> {
  const found: string[] = []
  for (const { ledgerFile } of await createRunStore(join(dir, '.gump')).list()) {
    const ledger = await readLedger(ledgerFile).catch(() => null)
    if (ledger !== null) found.push(...disagreements(ledger.events))
  }
  return found
}

export function world(options: WorldOptions): World {
  const repo = options.repo ?? temporaryRepository(options.files)
  const script = parseAgentScript(options.script, 'agents.yaml')
  const names = ['scripted', 'claude', 'codex', 'qwen']
  const engine = createEngine({
    repo: repo.dir,
    playbook: memoryPlaybook({
      origin: options.origin ?? 'builtin',
      workflows: Object.entries(options.workflows).map(([ref, text]) => ({ ref, text })),
    }),
    agents: options.agents ?? names.map((name) => scripted(script, { name })),
    gates: [...builtinGates, ...(options.gates ?? [])],
    guards: builtinGuards,
    settings: { sandbox: { mode: 'off', writable: [], hide: [] }, ...options.settings },
    ...(options.ambient === undefined ? {} : { ambient: options.ambient }),
  })
  const made = { repo, engine }
  open.push(made)
  return made
}

/** The types of a run's events, for assertions about order. */
export function types(events: readonly LedgerEvent[]): readonly string[] {
  return events.map((event) => event.type)
}
