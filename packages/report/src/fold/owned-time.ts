import type { LedgerEvent } from '@gump/ledger'
import { timeOf } from '../report.js'

/** Measures time between two moments of a run, leaving out what lies between its sessions. */
export type OwnedTime = (fromMs: number, toMs: number) => number

/** Between the last line of a session and the `run_resumed` of the next nobody worked on the run. */
export function ownedTime(events: readonly LedgerEvent[]): OwnedTime {
  const gaps: { from: number; to: number }[] = []
  for (const [index, event] of events.entries()) {
    const before = events[index - 1]
    if (event.type === 'run_resumed' && before !== undefined) {
      gaps.push({ from: timeOf(before), to: timeOf(event) })
    }
  }
  return (from, to) =>
    Math.max(
      0,
      gaps.reduce(
        (rest, gap) => rest - Math.max(0, Math.min(to, gap.to) - Math.max(from, gap.from)),
        to - from,
      ),
    )
}
