import { GumpError } from '@gump/errors'
import type { RunLocation } from './run-store.js'

/**
 * Finds the run a person means. An exact id or alias wins over a prefix: `run_2026_03_23_1842` is not `…_1842_2`.
 *
 * @param runs - newest first.
 */
export function selectRun(runs: readonly RunLocation[], selector: string): RunLocation {
  const wanted = selector.trim()
  const latest = runs[0]
  if (wanted === 'latest' && latest !== undefined) return latest
  const exact = runs.find((run) => run.id === wanted || run.alias === wanted)
  if (exact !== undefined) return exact
  const candidates =
    wanted === ''
      ? []
      : runs.filter((run) => run.id.startsWith(wanted) || run.alias?.startsWith(wanted) === true)
  const only = candidates[0]
  if (only === undefined) {
    const data = { selector: wanted }
    if (runs.length === 0) {
      const remedy = 'gump run WORKFLOW --spec FILE starts one'
      throw new GumpError('GUMP-L005', 'there is no run yet', { data, remedy })
    }
    throw new GumpError('GUMP-L005', `no run ${JSON.stringify(wanted)}`, { data })
  }
  if (candidates.length > 1) {
    const names = candidates.map((run) => (run.alias === null ? run.id : `${run.alias} (${run.id})`))
    throw new GumpError(
      'GUMP-L006',
      `${JSON.stringify(wanted)} matches ${names.length} runs: ${shorten(names)}`,
      {
        data: { selector: wanted, candidates: candidates.map((run) => run.id) },
        remedy: 'give more of the id, or the whole alias',
      },
    )
  }
  return only
}

const shown = 8

function shorten(names: readonly string[]): string {
  const more = names.length - shown
  return names.slice(0, shown).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
