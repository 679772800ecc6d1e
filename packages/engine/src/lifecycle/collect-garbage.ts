import { ownerState, type RunLocation } from '@gump/ledger'
import type { GcRequest, GcResult, RunSummary } from '../contract.js'
import { killLeftoversOf } from './leftovers.js'
import { probeOwner } from './owner.js'
import type { Setup } from './setup.js'
import { summarise } from './summaries.js'

/**
 * Removes what runs have left: worktrees, branches, refs, folders. A run that goes on is never touched, and one whose
 * work was not applied only after somebody has said so.
 */
export async function collectGarbage(setup: Setup, request: GcRequest): Promise<readonly GcResult[]> {
  const locations = await setup.store.list()
  const results: GcResult[] = []
  for (const [index, location] of locations.entries()) {
    const run = await summarise(setup, location)
    const kept = await whyKept(setup, request, run, location, index)
    if (kept === null && request.dryRun !== true) await remove(setup, location)
    results.push({ run, removed: kept === null, reason: kept ?? whyRemoved(run) })
  }
  return results
}

async function whyKept(
  setup: Setup,
  request: GcRequest,
  run: RunSummary,
  location: RunLocation,
  index: number,
): Promise<string | null> {
  const owner = ownerState(location.dir, probeOwner)
  if (owner === 'alive') return 'it is going on'
  if (owner === 'unknown') return 'its owner can not be checked from here'
  if (index < (request.keepLast ?? 0)) return `it is among the last ${request.keepLast}`
  const age = setup.ambient.clock.now() - Date.parse(run.endedAt ?? run.startedAt)
  if (request.olderThanMs !== undefined && age < request.olderThanMs) return 'it is not old enough'
  const loss = whatIsLost(run)
  if (loss === null) return null
  if ((await request.confirm?.(run)) === true) return null
  return request.dryRun === true ? `${loss}; you would be asked` : loss
}

function whatIsLost(run: RunSummary): string | null {
  if (run.applied && run.status === 'passed') return null
  if (run.hasWork && !run.applied) return 'its work is not applied'
  return run.hasUnfinished ? 'what it has changed is not finished; gump run --resume goes on' : null
}

function whyRemoved(run: RunSummary): string {
  if (whatIsLost(run) !== null) return 'confirmed'
  return run.applied ? 'applied' : 'it changed nothing'
}

/** Processes first, or they would go on writing. Then git: a folder without its run is found again, a branch without its folder would not be. */
async function remove(setup: Setup, location: RunLocation): Promise<void> {
  await killLeftoversOf(setup.ambient.processes, location)
  await setup.workspace.removeRun(location.id)
  setup.store.remove(location)
}
