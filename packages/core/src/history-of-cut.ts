import { leadsAside } from '@gump/history'
import type { EventOf, LedgerEvent } from '@gump/ledger'
import type { Cut } from './cut.js'

/** Things that ran side by side, with the cut in one of them. */
interface Around {
  readonly group: string
  /** The branch that the cut is in. */
  readonly own: string
  /** What was started again from here on belongs to another attempt. */
  readonly until: number
}

/**
 * Which events are the history of a cut: those before it, and those that tell of work that was done beside it: in the
 * other branches of the groups around it, up to where they build on the branch that is cut.
 */
export function historyOf(events: readonly LedgerEvent[], cut: Cut): (event: LedgerEvent) => boolean {
  const beside = groupsAround(events, cut).map((around) => inOtherBranches(events, around))
  return (event) => event.seq < cut.seq || beside.some((keeps) => keeps(event))
}

function groupsAround(events: readonly LedgerEvent[], cut: Cut): readonly Around[] {
  const started = new Map<string, EventOf<'group_started'>>()
  for (const event of events) {
    if (event.seq >= cut.seq || event.type !== 'group_started') continue
    if (event.parallel && isBelow(cut.path, event.step)) started.set(event.step, event)
  }
  return [...started.keys()].map((group) => {
    const end = events.find((event) => event.seq > cut.seq && startsAgain(event, group))
    return { group, own: branchOf(group, cut.path) ?? '', until: end?.seq ?? Infinity }
  })
}

function inOtherBranches(events: readonly LedgerEvent[], around: Around): (event: LedgerEvent) => boolean {
  const { group, own, until } = around
  const merged = new Map<string, number>()
  const collided = new Map<string, number>()
  for (const event of events) {
    if ((event.type !== 'integrated' && event.type !== 'conflict') || event.step !== group) continue
    const known = event.type === 'integrated' ? merged : collided
    if (!known.has(event.task)) known.set(event.task, event.seq)
  }
  // Merged in the order of their declaration: what came first knows nothing of the branch that is cut.
  const isBefore = (branch: string): boolean => (merged.get(branch) ?? Infinity) < (merged.get(own) ?? until)
  return (event) => {
    const branch = branchOf(group, placeOf(event))
    if (branch === null || branch === own || leadsAside([branch]) || event.seq >= until) return false
    if (isBefore(branch)) return true
    return event.seq < (collided.get(branch) ?? merged.get(branch) ?? Infinity)
  }
}

/** The group, or something around it, was entered again. */
function startsAgain(event: LedgerEvent, group: string): boolean {
  const holds = (path: string): boolean => path === group || isBelow(group, path)
  switch (event.type) {
    case 'step_started':
    case 'group_started':
      return holds(event.step)
    case 'retry_triggered':
      return holds(event.step) || holds(event.item ?? '') || (event.reopened ?? []).some(holds)
    default:
      return false
  }
}

function placeOf(event: LedgerEvent): string {
  if (event.type === 'integrated' || event.type === 'conflict') return `${event.step}/${event.task}`
  if (event.type === 'edits_adopted') return event.workspace
  return 'step' in event && event.step !== undefined ? event.step : ''
}

function isBelow(path: string, group: string): boolean {
  return path.startsWith(`${group}/`)
}

function branchOf(group: string, path: string): string | null {
  return isBelow(path, group) ? (path.slice(group.length + 1).split('/')[0] ?? null) : null
}
