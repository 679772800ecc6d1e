import { GumpError, isGumpError, listFirst } from '@gump/errors'
import { readLedgerParts } from './read.js'
import type { RunLocation } from './run-location.js'

/**
 * What `latest` means: a run that cannot be read is never in the way of the others.
 *
 * @param runs - newest first.
 */
export async function newestReadable(runs: readonly RunLocation[]): Promise<RunLocation> {
  for (const run of runs) if (await isReadable(run)) return run
  if (runs.length === 0) throw noRunYet({ selector: 'latest' })
  throw new GumpError('GUMP-L005', 'there is no run whose ledger can be read', {
    data: { selector: 'latest' },
    remedy: 'gump runs says what is wrong with those that are there',
  })
}

async function isReadable({ ledgerFile, id }: RunLocation): Promise<boolean> {
  try {
    let hasEvents = false
    for await (const events of readLedgerParts(ledgerFile, { runId: id })) hasEvents ||= events.length > 0
    return hasEvents
  } catch (error) {
    if (!isGumpError(error)) throw error
    return false
  }
}

function noRunYet(data: Readonly<Record<string, unknown>>): GumpError {
  const remedy = 'gump run WORKFLOW --spec FILE starts one'
  return new GumpError('GUMP-L005', 'there is no run yet', { data, remedy })
}

/**
 * Finds the run a person means. An exact id or alias wins over a prefix: `run_2026_03_23_1842` is not `…_1842_2`.
 *
 * @param runs - newest first.
 */
export function selectRun(runs: readonly RunLocation[], selector: string): RunLocation {
  const wanted = selector.trim()
  const exact = runs.find((run) => run.id === wanted || run.alias === wanted)
  if (exact !== undefined) return exact
  const candidates =
    wanted === ''
      ? []
      : runs.filter((run) => run.id.startsWith(wanted) || run.alias?.startsWith(wanted) === true)
  const only = candidates[0]
  if (only === undefined) {
    const data = { selector: wanted }
    if (runs.length === 0) throw noRunYet(data)
    throw new GumpError('GUMP-L005', `no run ${JSON.stringify(wanted)}`, { data })
  }
  if (candidates.length > 1) {
    const names = candidates.map((run) => (run.alias === null ? run.id : `${run.alias} (${run.id})`))
    throw new GumpError(
      'GUMP-L006',
      `${JSON.stringify(wanted)} matches ${names.length} runs: ${listFirst(names, shown)}`,
      {
        data: { selector: wanted, candidates: candidates.map((run) => run.id) },
        remedy: 'give more of the id, or the whole alias',
      },
    )
  }
  return only
}

const shown = 8
