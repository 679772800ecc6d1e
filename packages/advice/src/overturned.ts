import { allAttempts, type Attempt, leadsAside } from '@gump/history'
import type { Entered } from './entered.js'

/**
 * Attempts that passed and yet did not stand: the gates of their group failed afterwards, so that the work of the last agent in it was not
 * good enough. Those before it are not to blame.
 */
export function overturnedIn(places: readonly Entered[]): ReadonlySet<Attempt> {
  const passed = places
    .filter(({ path }) => !leadsAside(path))
    .flatMap(({ path, node }) =>
      allAttempts(node)
        .filter(({ kind, stepType }) => kind === 'agent' && stepType !== 'validate')
        .flatMap((attempt) => {
          const { completed } = attempt
          return completed?.status === 'pass' ? [{ path, attempt, seq: completed.seq }] : []
        }),
    )
  const overturned = new Set<Attempt>()
  for (const { path, node } of places) {
    for (const group of allAttempts(node)) {
      const end = group.retry?.seq ?? group.completed?.seq
      if (group.kind !== 'group' || end === undefined || !hasFailedGate(group)) continue
      const last = passed
        .filter(
          (one) => one.seq > group.seq && one.seq < end && path.every((name, n) => one.path[n] === name),
        )
        .toSorted((a, b) => a.seq - b.seq)
        .at(-1)
      if (last !== undefined) overturned.add(last.attempt)
    }
  }
  return overturned
}

function hasFailedGate({ judged }: Attempt): boolean {
  return judged.some(({ result }) => result?.type === 'gate_failed')
}
