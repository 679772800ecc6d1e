import { join } from 'node:path'

import { recordOf, type RunRecord } from '@gump/advice'
import type { RunReader, RunSummary } from '@gump/engine'
import { initialState, reduce } from '@gump/history'
import { type CheckpointKind, ledgerFileName, readCheckpoint, stampOf, writeCheckpoint } from '@gump/ledger'
import { type RunReport, summarise } from '@gump/report'

import type { CliContext } from '../context.js'

/** A run as reports show it, and as advice sees it. */
export interface PastRun {
  readonly report: RunReport
  readonly record: RunRecord
}

/** Which runs {@link pastRuns} takes. */
export interface RunsWanted {
  /** The newest so many; default: all. */
  readonly limit?: number | undefined
  /** Of this workflow only. */
  readonly workflow?: string | undefined
  /** Begun at this time or later, in epoch milliseconds. */
  readonly since?: number | undefined
  /** Told how many there are that cannot be read. */
  readonly leftOut?: (count: number) => void
}

/**
 * The newest runs that can be read, oldest first.
 *
 * @param version - what is kept of a run is of use to this version alone
 */
export async function pastRuns(
  reader: RunReader,
  version: string,
  { limit, workflow, since = 0, leftOut }: RunsWanted = {},
): Promise<readonly PastRun[]> {
  const all = await reader.runs()
  const readable = all.filter(({ status }) => status !== 'unreadable')
  if (readable.length < all.length) leftOut?.(all.length - readable.length)
  const runs = readable
    .filter(
      (run) => (workflow === undefined || run.workflow === workflow) && Date.parse(run.startedAt) >= since,
    )
    .slice(0, limit)
    .toReversed()
  const past: PastRun[] = []
  // One after the other: the ledgers of many runs need not be in memory at once.
  for (const run of runs) past.push(await pastRun(reader, run, version))
  return past
}

/** More of a run is read no faster than its ledger. */
const mostKept = 512 * 1024

/** What is kept beside the ledger of a run that has ended, when it has not changed since, or what the ledger says. */
async function pastRun(
  reader: RunReader,
  { id, dir, status, endedAt }: RunSummary,
  version: string,
): Promise<PastRun> {
  const kind: CheckpointKind = { name: 'past', maker: `gump ${version}, past 2` }
  const ledger = join(dir, ledgerFileName)
  const stamp = endedAt === null ? null : stampOf(ledger)
  const kept = stamp === null ? null : readCheckpoint(ledger, stamp, kind)
  if (isPastRun(kept) && kept.report.id === id && kept.report.status === status) return kept
  const events = await reader.events(id)
  const past = {
    report: summarise(events, { status }),
    record: recordOf(events.reduce(reduce, initialState)),
  }
  if (stamp !== null && JSON.stringify(past).length <= mostKept) writeCheckpoint(ledger, stamp, kind, past)
  return past
}

/** What is kept belongs to one file on one disk, so none that another program has written gets this far. */
function isPastRun(value: unknown): value is PastRun {
  return typeof value === 'object' && value !== null && 'report' in value && 'record' in value
}

/** Says on stderr that runs are missing from what is shown. */
export function tellLeftOut(context: CliContext): (count: number) => void {
  return (count) => {
    const runs = count === 1 ? '1 run is' : `${count} runs are`
    context.stderr.write(`${runs} left out, because the ledger cannot be read; gump runs says why.\n`)
  }
}
