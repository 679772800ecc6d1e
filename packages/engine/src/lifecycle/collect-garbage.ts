import { initialState } from '@gump/history'
import { isGumpError, plural, toGumpError } from '@gump/errors'
import { ownerState, type RunLocation } from '@gump/ledger'
import type { KeptWorktree } from '@gump/workspace'
import type { GcRequest, GcResult } from '../contract.js'
import type { RunSummary } from '../run.js'
import { killLeftovers, killLeftoversOf } from './leftovers.js'
import { probeOwner } from './owner.js'
import { readRun } from './read-run.js'
import { lookForTraces, type Traces } from './remains.js'
import type { Setup } from './setup.js'
import { summarise } from './summaries.js'
import { listLostRuns } from './unreadable-runs.js'
import { foldersOf, removeTraces } from './worktree-traces.js'

/**
 * Removes what runs have left: worktrees, branches, refs, folders. A live run is never touched, and one whose
 * work was not applied, or of which nothing is known, only after the user has confirmed it.
 */
export async function collectGarbage(setup: Setup, request: GcRequest): Promise<readonly GcResult[]> {
  const asked = (id: string): boolean => request.runs?.includes(id) ?? true
  const lost = (await listLostRuns(setup)).filter(({ id }) => asked(id))
  const traces = lookForTraces(setup.workspace)
  const results: GcResult[] = []
  let readable = 0
  for (const location of (await setup.store.list()).filter(({ id }) => asked(id))) {
    const run = await summarise(setup, location, traces)
    const place = run.status === 'unreadable' ? null : readable
    if (place !== null) readable += 1
    const loss = await whatIsLost(setup, run, location, traces)
    const kept = (await whyUntouched(setup, request, run, { location, place })) ?? null
    results.push(await settle(request, run, { loss, kept }, () => remove(setup, location)))
  }
  for (const run of lost) {
    const kept = isYoung(setup, request, run) ? 'it is not old enough' : null
    results.push(
      await settle(request, run, { loss: unknownLoss(run), kept }, () => removeLost(setup, run.id)),
    )
  }
  return results
}

interface Judgement {
  /** What would be lost with it; null: nothing. */
  readonly loss: string | null
  /** Why nobody is even asked; null: for no reason. */
  readonly kept: string | null
}

async function settle(
  request: GcRequest,
  run: RunSummary,
  { loss, kept }: Judgement,
  removal: () => Promise<readonly KeptWorktree[]>,
): Promise<GcResult> {
  if (kept !== null) return { run, removed: false, reason: kept }
  if (loss !== null && (await request.confirm?.(run)) !== true) {
    return { run, removed: false, reason: request.dryRun === true ? `${loss}; you would be asked` : loss }
  }
  const reason = loss !== null ? 'confirmed' : run.applied ? 'applied' : 'it changed nothing'
  if (request.dryRun === true) return { run, removed: true, reason }
  try {
    const stays = await removal()
    return { run, removed: true, reason, ...(stays.length === 0 ? {} : { stays }) }
  } catch (error) {
    const { code, message } = toGumpError(error, { doing: 'removing the run' })
    if (code === 'GUMP-R999') throw error
    // One that cannot be removed is not in the way of the others.
    return { run, removed: false, reason: `${code}: ${message}` }
  }
}

/** @param place - among the runs that can be read, the newest being 0; null: it is none of them. */
async function whyUntouched(
  setup: Setup,
  request: GcRequest,
  run: RunSummary,
  { location, place }: { readonly location: RunLocation; readonly place: number | null },
): Promise<string | null> {
  const owner = ownerState(location.dir, probeOwner)
  if (owner === 'alive') return 'it is running'
  if (owner === 'unknown') return 'its owner cannot be checked from here'
  if (place !== null && place < (request.keepLast ?? 0)) return `it is among the last ${request.keepLast}`
  return isYoung(setup, request, run) ? 'it is not old enough' : null
}

function isYoung(setup: Setup, { olderThanMs }: GcRequest, run: RunSummary): boolean {
  if (olderThanMs === undefined) return false
  const since = Date.parse(run.endedAt ?? run.startedAt)
  // Of unknown age: nobody said that such runs should go.
  return Number.isNaN(since) || setup.ambient.clock.now() - since < olderThanMs
}

async function whatIsLost(
  setup: Setup,
  run: RunSummary,
  location: RunLocation,
  traces: Traces,
): Promise<string | null> {
  if (run.status === 'unreadable') return unknownLoss(run)
  const isDone = run.applied && run.status === 'passed'
  if (!isDone && run.hasWork && !run.applied) return 'its work is not applied'
  if (!isDone && run.hasUnfinished)
    return 'what it has changed is not finished; gump run --resume continues it'
  return await untold(setup, location, traces, isDone)
}

function unknownLoss({ problem, remains }: RunSummary): string {
  const why = problem?.text ?? 'nothing is known of it'
  return remains === null ? why : `${why}; ${remains.text}`
}

/** Lines that are gone from the end of a ledger leave no trace in it, but their commits are on the branch. */
async function untold(
  setup: Setup,
  location: RunLocation,
  traces: Traces,
  isDone: boolean,
): Promise<string | null> {
  const trace = await traces.of(location.id)
  if (trace === null) return null
  const { events } = await readRun(location).catch((error: unknown) => {
    if (isGumpError(error)) return { events: [] }
    throw error
  })
  const told = JSON.stringify(events)
  // Attempts on the way to work that was applied were given up by the run itself.
  const candidates = isDone ? (trace.tip === null ? [] : [trace.tip]) : trace.commits
  const unknown = candidates.filter((commit) => !told.includes(commit))
  if (unknown.length === 0) return null
  if (trace.tip !== null && (await setup.workspace.isApplied(location.id, trace.tip))) return null
  const count = await setup.workspace.countOnlyInRuns(unknown)
  if (count === 0) return null
  return `its branch and refs hold ${plural(count, 'commit')} that its ledger does not tell of`
}

/** Processes first, or they would keep writing. Then git: a folder without its run is found again, a branch without its folder would not be. */
async function remove(setup: Setup, location: RunLocation): Promise<readonly KeptWorktree[]> {
  await killLeftoversOf(setup.ambient.processes, location)
  const folders = await foldersOf(setup, location)
  const kept = await setup.workspace.removeRun(location.id, folders)
  removeTraces(setup, location, folders, kept)
  setup.store.remove(location)
  return kept
}

async function removeLost(setup: Setup, runId: string): Promise<readonly KeptWorktree[]> {
  await killLeftovers(setup.ambient.processes, runId, initialState)
  return setup.workspace.removeRun(runId)
}
