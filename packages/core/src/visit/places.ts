import { isBusy } from '../busy.js'
import type { Effect } from '../effects.js'
import { type RunState, nodeAt, segments } from '@gump/history'

/** What a group of parallel branches would like to have in progress. */
export interface PlaceRequest {
  /** How many groups of branches it is in, itself included. */
  readonly depth: number
  readonly limit: number
  /** Branches that have a worktree and something to do there. */
  readonly busy: readonly string[]
  /** Branches that wait for one. */
  readonly waiting: readonly string[]
}

/**
 * Gives worktrees to branches that wait for one. Groups inside groups share: at each depth no more branches are busy than
 * agents may be alive. A branch never waits for those inside it to get a place at its own depth, so some can always continue.
 *
 * @param inUse - workspaces of branches that have not ended
 */
export function assignPlaces(
  state: RunState,
  requests: readonly PlaceRequest[],
  inUse: ReadonlySet<string>,
): readonly Effect[] {
  const { jobs } = state.options
  const taken = takenSlots(state, inUse)
  const busyAt = new Map<number, number>()
  for (const { depth, busy } of requests) busyAt.set(depth, (busyAt.get(depth) ?? 0) + busy.length)
  return requests.flatMap(({ depth, limit, busy, waiting }) => {
    const busyHere = busyAt.get(depth) ?? 0
    const chosen = waiting.slice(0, Math.max(0, Math.min(limit - busy.length, jobs - busyHere)))
    busyAt.set(depth, busyHere + chosen.length)
    return chosen.map((workspace): Effect => {
      const slot = firstFree(taken)
      taken.add(slot)
      // The place is on record before anything is done with it: the next pass must not give it away.
      const event = { type: 'workspace_assigned', workspace, slot } as const
      return { kind: 'record', id: `${workspace}/assign`, event }
    })
  })
}

/** What failed or waits to be merged is safe in commits; what was stopped half way is only in its worktree. */
function takenSlots({ workspaces, slots, root }: RunState, inUse: ReadonlySet<string>): Set<number> {
  return new Set(
    slots.entries().flatMap(([slot, name]) => {
      const isFree = workspaces.get(name)?.released !== false
      return isFree || !(inUse.has(name) || isBusy(nodeAt(root, segments(name)), name)) ? [] : [Number(slot)]
    }),
  )
}

function firstFree(taken: ReadonlySet<number>): number {
  let slot = 1
  while (taken.has(slot)) slot += 1
  return slot
}
