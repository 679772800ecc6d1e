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
import type { RunSummary } from '../contract.js'
import { runWorkspace } from '@gump/core'
import {
  type RunState,
  lastAttempt,
  lastLaunch,
  leadsAside,
  runStatus,
  runUsage,
  walkNodes,
} from '@gump/history'
import { folderOfRun, worktreeName } from '../shell/worktree-folder.js'
import { openRun } from './open-run.js'
import { probeOwner } from './owner.js'
import type { RunRecord } from './read-run.js'
import { lookForTraces, type Traces } from './remains.js'
import type { Setup } from './setup.js'
import { summariseUnreadable } from './unreadable-runs.js'

/** All runs of the repository, newest first. */
export async function listRuns(setup: Setup): Promise<readonly RunSummary[]> {
  const traces = lookForTraces(setup.workspace)
  const summaries: RunSummary[] = []
  for (const location of await setup.store.list()) summaries.push(await summarise(setup, location, traces))
  return summaries
}

/** One run as its ledger and its owner tell it; nothing is cleaned up to say the truth. */
export async function summarise(
  setup: Setup,
  location: RunLocation,
  traces: Traces = lookForTraces(setup.workspace),
): Promise<RunSummary> {
  // The owner first: a run that ends in between has its last line by the time the ledger is read.
  const ownership = ownerState(location.dir, probeOwner)
  const record = await openRun(setup, location, traces).catch(problemOf)
  return 'kind' in record
    ? await summariseUnreadable(setup, location, record, { ownership, traces })
    : await summariseRecord(setup, location, record, ownership)
}

function problemOf(error: unknown): LedgerProblem {
  if (isGumpError(error)) return ledgerProblem(error)
  throw error
}

async function summariseRecord(
  setup: Setup,
  location: RunLocation,
  { events, state, oddities }: RunRecord,
  ownership: OwnerState,
): Promise<RunSummary> {
  const current = currentSteps(state)
  return {
    id: location.id,
    alias: location.alias ?? location.id,
    status: runStatus(state, ownership),
    workflow: state.started?.workflow.name ?? '?',
    startedAt: events[0]?.ts ?? new Date(location.time).toISOString(),
    endedAt: state.ended?.ts ?? null,
    durationMs: state.ended?.duration_ms ?? null,
    usage: runUsage(state),
    dir: location.dir,
    worktree: await worktreeOf(setup, location.id, state, { workspace: runWorkspace, slot: null }),
    currentSteps: current.map(({ step }) => step),
    stepWorktrees: await stepWorktrees(setup, location.id, state, current),
    ownerPid: pidOf(location, ownership),
    applied: state.ended !== null && (await setup.workspace.isApplied(location.id, state.ended.commit)),
    hasWork: state.workspaces.size > 0 && hasCommits(state),
    hasUnfinished: hasUnfinished(state),
    problem: oddities.length === 0 ? null : { kind: 'figures', text: describeOddities(oddities) },
    remains: null,
  }
}

function pidOf({ dir }: RunLocation, ownership: OwnerState): number | null {
  return ownership === 'alive' ? (readOwner(dir)?.identity?.pid ?? null) : null
}

function describeOddities(oddities: RunRecord['oddities']): string {
  const [first] = oddities
  const count = oddities.length === 1 ? 'one figure' : `${oddities.length} figures`
  const verb = oddities.length === 1 ? 'makes no sense and counts' : 'make no sense and count'
  return `${count} in its ledger ${verb} as 0 (line ${first?.line ?? '?'}: ${first?.field ?? '?'})`
}

/** A passed step with a commit of its own, anywhere; merged or not. */
function hasCommits(state: RunState): boolean {
  let found = false
  walkNodes(state.root, (node) => {
    const { completed, attempts } = node
    const base = attempts.at(-1)?.base
    if (completed?.status === 'pass' && base !== undefined && completed.commit !== base) found = true
  })
  return found
}

/** Work of an attempt that did not pass: recorded, or still in the files because it could not be. */
function hasUnfinished(state: RunState): boolean {
  let found = false
  walkNodes(state.root, (node) => {
    const attempt = lastAttempt(node)
    const launch = attempt === null ? null : lastLaunch(attempt)
    if (node.completed?.status === 'pass' || launch === null) return
    const isRecorded = launch.snapshot !== null && launch.snapshot.files.length > 0
    const isUncollected = node.completed === null && launch.outcome !== null && launch.output === null
    if (isRecorded || isUncollected) found = true
  })
  return found
}

async function stepWorktrees(
  setup: Setup,
  runId: string,
  state: RunState,
  steps: readonly CurrentStep[],
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = Object.create(null) as Record<string, string>
  for (const { step, workspace } of steps) {
    const place = state.workspaces.get(workspace)
    if (place === undefined || place.released) continue
    found[step] = await worktreeOf(setup, runId, state, { workspace, slot: place.slot })
  }
  return found
}

/** Where it is, also after the repository was moved; where it began when it is nowhere. */
async function worktreeOf(
  { workspace: provider, facts }: Setup,
  runId: string,
  state: RunState,
  { workspace, slot }: { readonly workspace: string; readonly slot: number | null },
): Promise<string> {
  const name = worktreeName(runId, workspace, slot)
  const began = folderOfRun(facts.root, state)
  return (await provider.locateWorktree(name, [began])) ?? join(began, name)
}

interface CurrentStep {
  readonly step: string
  readonly workspace: string
}

/** Where a run is at work, or has stopped. */
function currentSteps(state: RunState): readonly CurrentStep[] {
  const steps: CurrentStep[] = []
  walkNodes(state.root, (node, path) => {
    const attempt = lastAttempt(node)
    const isOpen = node.completed === null || node.completed.status === 'fatal'
    // A validator that has said no is no step that the run stopped at.
    const isStep = attempt?.kind === 'agent' || attempt?.kind === 'gate'
    if (isOpen && isStep && (node.completed === null || !leadsAside(path)))
      steps.push({ step: path.join('/'), workspace: attempt.workspace })
  })
  return steps
}
