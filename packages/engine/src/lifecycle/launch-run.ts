import {
  createArtifactStore,
  indexEntry,
  type LedgerEvent,
  type NewEvent,
  openLedger,
  type Ownership,
} from '@gump/ledger'
import { join, resolve } from 'node:path'
import type { LiveEvent, Run, RunResult } from '../contract.js'
import type { Plan } from '../core/plan.js'
import { createAgentTable } from '../shell/agent-table.js'
import { drive } from '../shell/drive.js'
import { type Journal, openJournal } from '../shell/journal.js'
import { createLimiter } from '../shell/limiter.js'
import { createMasker } from '../shell/masker.js'
import type { RunContext } from '../shell/run-context.js'
import type { RunInputs } from '../shell/run-inputs.js'
import { createWorktrees } from '../shell/worktrees.js'
import { createRunHandle } from './run-handle.js'
import { runResult } from './run-result.js'
import type { Setup } from './setup.js'
import { writeState } from './state-file.js'

export interface LaunchOptions {
  readonly setup: Setup
  readonly id: string
  readonly alias: string
  readonly dir: string
  readonly plan: Plan
  readonly inputs: RunInputs
  readonly ownership: Ownership
  readonly mode: 'create' | 'append'
  /** Appended first; a resume decides it when the ledger has been read. */
  readonly first: (past: readonly LedgerEvent[], context: RunContext) => Promise<readonly NewEvent[]>
  readonly signal: AbortSignal | undefined
}

/** Opens the ledger, appends the first events and drives the run in the background. */
export async function launchRun(options: LaunchOptions): Promise<Run> {
  const { setup, id, alias, dir, ownership } = options
  const ledger = openLedger({
    dir,
    runId: id,
    clock: setup.ambient.clock,
    mode: options.mode,
    durability: setup.settings.durability,
    fault: setup.ambient.faults,
  })
  const journal = openJournal(ledger, ledger.events, setup.ambient.faults)
  const listeners = new Set<(event: LiveEvent) => void>()
  try {
    const context = await createContext(options, journal, listeners)
    journal.append(await options.first(journal.events, context))
    const cancel = async (reason: string): Promise<void> => {
      if (journal.state.ended === null && journal.state.stop === null) {
        journal.append([{ type: 'cancel_requested', reason }])
      }
      await result.catch(() => {})
    }
    const result = finish(options, context, journal).finally(() => {
      ledger.close()
      ownership.release()
    })
    const stop = (): void => void cancel('interrupted')
    options.signal?.addEventListener('abort', stop, { once: true })
    if (options.signal?.aborted === true) stop()
    return createRunHandle({ id, alias, dir, journal, result, listeners, cancel })
  } catch (error) {
    ledger.close()
    ownership.release()
    throw error
  }
}

async function finish(options: LaunchOptions, context: RunContext, journal: Journal): Promise<RunResult> {
  await drive(context)
  const entry = indexEntry(journal.events)
  if (entry !== null) options.setup.store.appendIndex(entry)
  writeState(options.dir, journal.state)
  return runResult(journal.state)
}

async function createContext(
  options: LaunchOptions,
  journal: Journal,
  listeners: ReadonlySet<(event: LiveEvent) => void>,
): Promise<RunContext> {
  const { setup, id, alias, dir } = options
  const { settings, ambient, facts } = setup
  const report = await ambient.processes.probe()
  const root =
    settings.worktree.dir === null
      ? join(facts.root, '.gump', 'worktrees')
      : resolve(facts.root, settings.worktree.dir)
  return {
    runId: id,
    alias,
    dir,
    repoRoot: facts.root,
    commonDir: facts.commonDir,
    sandboxLevel: report.sandbox && settings.sandbox.mode !== 'off' ? 'enforced' : 'detected',
    plan: options.plan,
    inputs: options.inputs,
    settings,
    ambient,
    journal,
    artifacts: createArtifactStore(dir),
    workspace: setup.workspace,
    worktrees: createWorktrees({ runId: id, root, provider: setup.workspace, state: () => journal.state }),
    agents: createAgentTable(setup.adapters, settings),
    detect: setup.detect,
    gates: setup.gates,
    guards: setup.guards,
    limiter: createLimiter(settings.jobs),
    masker: createMasker(ambient.env, settings.secretEnv),
    live(step, event) {
      const live = { step: step.path, round: step.round, attempt: step.attempt, event }
      for (const listener of listeners) listener(live)
    },
  }
}
