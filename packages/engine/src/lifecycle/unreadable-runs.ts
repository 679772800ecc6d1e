import { join } from 'node:path'
import { type LedgerProblem, type OwnerState, readOwner, type RunLocation } from '@gump/ledger'
import type { RunSummary } from '../run.js'
import { runWorkspace } from '@gump/core'
import { initialState, runUsage } from '@gump/history'
import { folderOfRun, worktreeName } from '../shell/worktree-folder.js'
import { lookForTraces, remainsOf, type Traces } from './remains.js'
import type { OpenedRuns } from '../reading/opened-runs.js'

/** A run whose ledger tells nothing: its branch and refs do. */
export async function summariseUnreadable(
  runs: OpenedRuns,
  location: RunLocation,
  { kind, summary }: Pick<LedgerProblem, 'kind' | 'summary'>,
  { ownership, traces }: { readonly ownership: OwnerState; readonly traces: Traces },
): Promise<RunSummary> {
  return await outline(runs, traces, {
    id: location.id,
    alias: location.alias ?? location.id,
    status: 'unreadable',
    startedAt: new Date(location.time).toISOString(),
    dir: location.dir,
    ownerPid: ownership === 'alive' ? (readOwner(location.dir)?.identity?.pid ?? null) : null,
    problem: { kind, text: `its ledger is ${summary}` },
  })
}

/** Runs whose folder is gone and of which git still holds something. */
export async function listLostRuns(runs: OpenedRuns): Promise<readonly RunSummary[]> {
  const ids = await runs.store.ids()
  const traced = await runs.workspace.tracedRuns((id) => ids.has(id))
  if (traced !== null && [...traced].every((id) => ids.has(id))) return []
  const traces = lookForTraces(runs.workspace)
  // Before the folders: a run that begins meanwhile has a folder first.
  const left = await traces.all()
  const there = await runs.store.ids()
  const lost: RunSummary[] = []
  for (const { runId: id } of left) {
    if (there.has(id)) continue
    lost.push(
      await outline(runs, traces, {
        id,
        alias: id,
        status: 'lost',
        startedAt: '',
        dir: join(runs.store.runsDir, id),
        ownerPid: null,
        problem: { kind: 'lost', text: 'its folder is gone' },
      }),
    )
  }
  return lost
}

type Known = Pick<RunSummary, 'id' | 'alias' | 'status' | 'startedAt' | 'dir' | 'ownerPid' | 'problem'>

async function outline(runs: OpenedRuns, traces: Traces, known: Known): Promise<RunSummary> {
  const { applied, remains } = await remainsOf(runs.workspace, known.id, await traces.of(known.id))
  const [place] = remains.worktrees
  return {
    ...known,
    workflow: '?',
    endedAt: null,
    durationMs: null,
    usage: runUsage(initialState),
    worktree: place ?? join(folderOfRun(runs.facts.root, null), worktreeName(known.id, runWorkspace, null)),
    currentSteps: [],
    stepWorktrees: {},
    applied,
    hasWork: remains.commits > 0,
    hasUnfinished: false,
    remains,
  }
}
