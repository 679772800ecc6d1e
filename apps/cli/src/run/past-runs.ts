import { recordOf, type RunRecord } from '@gump/advice'
import type { RunReader } from '@gump/engine'
import { initialState, reduce } from '@gump/history'
import { type RunReport, summarise } from '@gump/report'

import type { CliContext } from '../context.js'

/** A run as reports show it, and as advice sees it. */
export interface PastRun {
  readonly report: RunReport
  readonly record: RunRecord
}

/**
 * The newest runs that can be read, oldest first.
 *
 * @param leftOut - told how many others there are
 */
export async function pastRuns(
  reader: RunReader,
  limit?: number,
  leftOut: (count: number) => void = () => {},
): Promise<readonly PastRun[]> {
  const all = await reader.runs()
  const readable = all.filter(({ status }) => status !== 'unreadable')
  if (readable.length < all.length) leftOut(all.length - readable.length)
  const past: PastRun[] = []
  // One after the other: the ledgers of many runs need not be in memory at once.
  for (const { id, status } of readable.slice(0, limit).toReversed()) {
    const events = await reader.events(id)
    past.push({
      report: summarise(events, { status }),
      record: recordOf(events.reduce(reduce, initialState)),
    })
  }
  return past
}

/** Says on stderr that runs are missing from what is shown. */
export function tellLeftOut(context: CliContext): (count: number) => void {
  return (count) => {
    const runs = count === 1 ? '1 run is' : `${count} runs are`
    context.stderr.write(`${runs} left out, because the ledger cannot be read; gump runs says why.\n`)
  }
}
