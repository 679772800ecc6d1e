import { GumpError, isGumpError } from '@gump/errors'
import { type LedgerEvent, ownerState, type RunLocation } from '@gump/ledger'
import type { ApplyRequest, KeptWorktree } from '@gump/workspace'
import type { AppliedRun, ApplyOptions } from '../contract.js'
import { runStatus, type RunState } from '@gump/history'
import { readSetUp } from '../shell/set-up-record.js'
import { demandKnownCheckout, takeAsKnown } from './demand-known-checkout.js'
import { probeOwner } from './owner.js'
import { openRun } from './open-run.js'
import type { Setup } from './setup.js'
import { foldersIn, removeTraces } from './worktree-traces.js'

/** Merges what a run made into the user's branch. Only passed runs, unless the passed steps of another are asked for. */
export async function applyRun(setup: Setup, selector: string, options: ApplyOptions): Promise<AppliedRun> {
  const location = await setup.store.find(selector)
  // The owner first: a run that ends in between has its last line by the time the ledger is read.
  const ownership = ownerState(location.dir, probeOwner)
  const { events, state } = await openRun(setup, location)
  const name = location.alias ?? location.id
  const interrupted = runStatus(state, ownership) === 'interrupted'
  const commit = commitToApply(state, name, { partial: options.partial ?? false, interrupted })
  const spec = state.started?.spec?.path
  const tidy = async (): Promise<readonly KeptWorktree[]> =>
    state.ended?.status === 'passed' ? retire(setup, location, events) : []
  const request = {
    runId: location.id,
    alias: name,
    commit,
    mode: options.mode ?? 'merge',
    ...(options.branchName === undefined ? {} : { branchName: options.branchName }),
    ...(options.keepConflicts === undefined ? {} : { keepConflicts: options.keepConflicts }),
    describe: {
      subject: `Apply ${state.started?.workflow.name ?? 'run'} (${name})`,
      trailers: { 'Gump-Run': location.id },
    },
    ...(spec === undefined || spec.startsWith('..') ? {} : { expendable: [spec] }),
  } satisfies ApplyRequest
  const changed = await demandKnownCheckout(setup, location.dir, options.confirm)
  try {
    const result = await setup.workspace.apply(request)
    await takeAsKnown(setup, location.dir)
    return { ...result, changed, stays: result.status === 'conflicts-kept' ? [] : await tidy() }
  } catch (error) {
    // An earlier apply was stopped after the merge.
    if (isGumpError(error) && error.code === 'GUMP-G005') await tidy()
    throw error
  }
}

/** What is left to look at is in commits now; refs and the run's branch stay until `gc`. */
async function retire(
  setup: Setup,
  location: RunLocation,
  events: readonly LedgerEvent[],
): Promise<readonly KeptWorktree[]> {
  const folders = foldersIn(setup, events)
  const kept = await setup.workspace.retireRun({
    runId: location.id,
    folders,
    setUp: (name) => readSetUp(location.dir, name),
  })
  removeTraces(setup, location, folders, kept)
  return kept
}

function commitToApply(
  state: RunState,
  name: string,
  { partial, interrupted }: { readonly partial: boolean; readonly interrupted: boolean },
): string {
  const refuse = (why: string, remedy: string): GumpError =>
    new GumpError('GUMP-G006', `run ${name} ${why}`, { remedy })
  if (interrupted) throw refuse('is interrupted', `gump run --resume --run ${name} continues it`)
  if (state.ended === null) throw refuse('has not ended', `wait for it, or stop it with gump cancel ${name}`)
  if (state.ended.status === 'passed' || partial) return state.ended.commit
  throw refuse(
    `has not passed (${state.ended.status})`,
    'gump run --resume continues it; --partial takes the steps that passed',
  )
}
