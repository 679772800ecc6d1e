import { rm } from 'node:fs/promises'
import { createArtifactStore } from '@gump/ledger'
import type { ContentFilters } from '@gump/workspace'
import type { Plan } from '@gump/core'
import type { StepLive } from '../dispatch/step-executor.js'
import { createAgentTable } from '../shell/agent-table.js'
import { runnableFilters } from '../shell/filtering-git.js'
import type { Journal } from '../shell/journal.js'
import { createLimiter } from '../shell/limiter.js'
import { maskedArtifacts } from '../shell/masked-artifacts.js'
import type { Masker } from '../shell/masker.js'
import type { RunContext } from '../shell/run-context.js'
import type { RunInputs } from '../shell/run-inputs.js'
import { viewsFolder } from '../shell/start-isolated.js'
import { createWatch } from '../shell/watch.js'
import { createWorktrees } from '../shell/worktrees.js'
import type { Setup } from './setup.js'
import { makePlaceForWorktrees } from './worktrees-place.js'

/** The run whose effects are performed, and what with. */
export interface ContextOptions {
  readonly setup: Setup
  readonly id: string
  readonly alias: string
  readonly dir: string
  readonly plan: Plan
  readonly inputs: RunInputs
  readonly filters: ContentFilters
  /** Where it is remembered how the checkout was found; absent: in `dir`. */
  readonly watchDir?: string
  readonly journal: Journal
  readonly masker: Masker
  /** Called with what happens between two events, without secrets. */
  readonly live: (live: StepLive) => void
}

/** Everything that performers of effects work with, made of an engine's parts and one run. */
export async function createContext(options: ContextOptions): Promise<RunContext> {
  const { setup, id, alias, dir, journal, masker } = options
  const { settings, ambient, facts } = setup
  const report = await ambient.processes.probe()
  await rm(viewsFolder({ dir }), { recursive: true, force: true })
  const context: RunContext = {
    runId: id,
    alias,
    dir,
    repoRoot: facts.root,
    commonDir: facts.commonDir,
    sandboxLevel: report.sandbox && settings.sandbox.mode !== 'off' ? 'enforced' : 'detected',
    showsGitViews: report.sandbox && report.level === 'namespace',
    plan: options.plan,
    inputs: options.inputs,
    settings,
    ambient,
    journal,
    artifacts: maskedArtifacts(createArtifactStore(dir), masker),
    workspace: setup.workspace,
    worktrees: createWorktrees({
      runId: id,
      repoRoot: facts.root,
      provider: setup.workspace,
      state: () => journal.state,
      submodules: settings.worktree.submodules,
      filters: runnableFilters(options.filters, () => context),
      makeFolder: () => makePlaceForWorktrees(setup),
    }),
    agents: createAgentTable(setup.adapters, settings),
    detect: setup.detect,
    gates: setup.gates,
    guards: setup.guards,
    limiter: createLimiter(() => journal.state.options.jobs),
    watch: createWatch({
      workspace: setup.workspace,
      runDir: options.watchDir ?? dir,
      stops: settings.sandbox.mode === 'require' || settings.sandbox.mode === 'strict',
      exposed: !report.sandbox || settings.sandbox.mode === 'off',
    }),
    masker,
    live: ({ path, round, attempt }, event) =>
      options.live({ step: path, round, attempt, event: masker.maskAll(event) }),
  }
  return context
}
