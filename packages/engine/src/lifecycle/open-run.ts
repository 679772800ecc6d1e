import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { GumpError, isGumpError } from '@gump/errors'
import type { RunLocation } from '@gump/ledger'
import { initialState } from '@gump/history'
import { foldRun, type RunFold, type RunRecord, readRun } from './read-run.js'
import { lookForTraces, type Traces } from './remains.js'
import type { OpenedRuns } from '../reading/opened-runs.js'

const nothingYet: RunRecord = { events: [], tornBytes: 0, oddities: [], state: initialState }

/**
 * Reads a run. One that died before its first line has no events yet; one whose ledger was emptied or removed is
 * recognised by what it has left behind.
 *
 * @throws GumpError as `readRun`, and `GUMP-L011`.
 */
export async function openRun(
  runs: OpenedRuns,
  location: RunLocation,
  traces: Traces = lookForTraces(runs.workspace),
): Promise<RunRecord> {
  const record = await readRun(location).catch(nullIfMissing)
  if (record !== null && record.events.length > 0) return record
  await demandNeverBegan(location, traces, record !== null)
  return nothingYet
}

/**
 * {@link openRun} without the lines, see {@link foldRun}.
 *
 * @throws GumpError as `openRun`
 */
export async function openFold(location: RunLocation, traces: Traces): Promise<RunFold> {
  const folded = await foldRun(location).catch(nullIfMissing)
  if (folded !== null && folded.first !== null) return folded
  await demandNeverBegan(location, traces, folded !== null)
  return { first: null, state: initialState, oddities: [] }
}

function nullIfMissing(error: unknown): null {
  if (isGumpError(error) && error.code === 'GUMP-L011') return null
  throw error
}

async function demandNeverBegan(location: RunLocation, traces: Traces, empty: boolean): Promise<void> {
  if (await neverBegan(location, traces)) return
  const { ledgerFile: file } = location
  throw new GumpError('GUMP-L011', empty ? `the ledger ${file} is empty` : `there is no ledger at ${file}`, {
    data: { file, ...(empty ? { empty } : {}) },
  })
}

/** A process that died before the first line has left a folder, and nothing that could be lost. */
async function neverBegan({ dir, id }: RunLocation, traces: Traces): Promise<boolean> {
  return !existsSync(join(dir, 'artifacts')) && (await traces.of(id)) === null
}
