import { join } from 'node:path'
import { isGumpError } from '@gump/errors'
import {
  type LedgerProblem,
  ledgerProblem,
  type OwnerState,
  ownerState,
  readOwner,
  type RunLocation,
} from '@gump/ledger'
import type { RunSummary } from '../run.js'
import { runWorkspace } from '@gump/core'
import type { LedgerFacts } from '../reading/ledger-facts.js'
import type { OpenedRuns } from '../reading/opened-runs.js'
import { readFacts } from '../reading/read-facts.js'
import { folderOfRun, worktreeName } from '../shell/worktree-folder.js'
import { probeOwner } from './owner.js'
import { lookForTraces, type Traces } from './remains.js'
import { summariseUnreadable } from './unreadable-runs.js'

/** All runs of the repository, newest first. */
export async function listRuns(runs: OpenedRuns): Promise<readonly RunSummary[]> {
  const traces = lookForTraces(runs.workspace)
  const summaries: RunSummary[] = []
  for (const location of await runs.store.list()) summaries.push(await summarise(runs, location, traces))
  return summaries
}

/** One run as its ledger and its owner tell it; nothing is cleaned up to say the truth. */
export async function summarise(
  runs: OpenedRuns,
  location: RunLocation,
  traces: Traces = lookForTraces(runs.workspace),
): Promise<RunSummary> {
  // The owner first: a run that ends in between has its last line by the time the ledger is read.
  const ownership = ownerState(location.dir, probeOwner)
  const facts = await readFacts(runs, location, traces, ownership !== 'alive').catch(problemOf)
  return 'kind' in facts
    ? await summariseUnreadable(runs, location, facts, { ownership, traces })
    : await summariseFacts(runs, location, facts, ownership)
}

function problemOf(error: unknown): LedgerProblem {
  if (isGumpError(error)) return ledgerProblem(error)
  throw error
}

async function summariseFacts(
  runs: OpenedRuns,
  location: RunLocation,
  facts: LedgerFacts,
  ownership: OwnerState,
): Promise<RunSummary> {
  const { endCommit, oddities } = facts
  return {
    id: location.id,
    alias: location.alias ?? location.id,
    status: facts.statuses[ownership],
    workflow: facts.workflow,
    startedAt: facts.startedAt ?? new Date(location.time).toISOString(),
    endedAt: facts.endedAt,
    durationMs: facts.durationMs,
    usage: facts.usage,
    dir: location.dir,
    worktree: await worktreeOf(runs, location.id, facts, { workspace: runWorkspace, slot: null }),
    currentSteps: facts.current.map(({ step }) => step),
    stepWorktrees: await stepWorktrees(runs, location.id, facts),
    ownerPid: pidOf(location, ownership),
    applied: endCommit !== null && (await runs.workspace.isApplied(location.id, endCommit)),
    hasWork: facts.hasWork,
    hasUnfinished: facts.hasUnfinished,
    problem: oddities === null ? null : { kind: 'figures', text: oddities },
    remains: null,
  }
}

function pidOf({ dir }: RunLocation, ownership: OwnerState): number | null {
  return ownership === 'alive' ? (readOwner(dir)?.identity?.pid ?? null) : null
}

async function stepWorktrees(
  runs: OpenedRuns,
  runId: string,
  facts: LedgerFacts,
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = Object.create(null) as Record<string, string>
  for (const { step, workspace, place } of facts.current) {
    if (place !== null) found[step] = await worktreeOf(runs, runId, facts, { workspace, slot: place.slot })
  }
  return found
}

/** Where it is, also after the repository was moved; where it began when it is nowhere. */
async function worktreeOf(
  { workspace: provider, facts: { root } }: OpenedRuns,
  runId: string,
  { worktrees }: LedgerFacts,
  { workspace, slot }: { readonly workspace: string; readonly slot: number | null },
): Promise<string> {
  const name = worktreeName(runId, workspace, slot)
  const began = folderOfRun(root, worktrees)
  return (await provider.locateWorktree(name, [began])) ?? join(began, name)
}
