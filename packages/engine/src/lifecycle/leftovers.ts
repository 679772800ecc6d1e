import { initialState, reduce, type RunState } from '@gump/history'
import { readLedger, type RunLocation } from '@gump/ledger'
import type { ProcessRunner } from '@gump/process'

/**
 * Kills what a dead owner left of a run: by the marker that everything started for it carries, and by the processes on
 * record since it was last taken up. Returns how many there were.
 */
export function killLeftovers(processes: ProcessRunner, runId: string, run: RunState): Promise<number> {
  return processes.killLeftovers(runId, run.processes.values())
}

/** {@link killLeftovers} of a run that nobody takes up; a ledger that cannot be read does not keep them alive. */
export async function killLeftoversOf(processes: ProcessRunner, location: RunLocation): Promise<number> {
  const ledger = await readLedger(location.ledgerFile).catch(() => null)
  return killLeftovers(processes, location.id, (ledger?.events ?? []).reduce(reduce, initialState))
}
