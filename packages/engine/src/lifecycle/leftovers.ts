import { type LedgerEvent, readLedger, type RunLocation } from '@gump/ledger'
import type { LeftoverContainer, ProcessRunner } from '@gump/process'

/**
 * Kills what a dead owner left of a run: by the marker that everything started for it carries, and by the processes on
 * record since it was last taken up. Returns how many there were.
 */
export function killLeftovers(
  processes: ProcessRunner,
  runId: string,
  events: readonly LedgerEvent[],
): Promise<number> {
  const from = events.findLastIndex((event) => event.type === 'run_resumed')
  return processes.killLeftovers(runId, startedContainers(events.slice(from + 1)))
}

/** {@link killLeftovers} of a run that nobody takes up; a ledger that cannot be read does not keep them alive. */
export async function killLeftoversOf(processes: ProcessRunner, location: RunLocation): Promise<number> {
  const ledger = await readLedger(location.ledgerFile).catch(() => null)
  return killLeftovers(processes, location.id, ledger?.events ?? [])
}

function startedContainers(events: readonly LedgerEvent[]): readonly LeftoverContainer[] {
  const containers = new Map<string, LeftoverContainer>()
  const ids = new Map<string, string>()
  for (const event of events) {
    // Processes of the run that the history was taken from, which may be going on.
    if (event.replayed === true) continue
    switch (event.type) {
      case 'agent_launching':
        ids.set(launchKey(event), event.container)
        containers.set(event.container, { container: event.container })
        break
      case 'command_launching':
        containers.set(event.container, { container: event.container })
        break
      case 'agent_launched': {
        const container = ids.get(launchKey(event))
        const { pid, pid_start: pidStart } = event
        if (container !== undefined && pid !== null && pidStart !== null) {
          containers.set(container, { container, pid, pidStart })
        }
        break
      }
      case 'command_launched':
        containers.set(event.container, {
          container: event.container,
          pid: event.pid,
          pidStart: event.pid_start,
        })
        break
      default:
    }
  }
  return [...containers.values()]
}

function launchKey(event: {
  readonly step: string
  readonly round: number
  readonly attempt: number
  readonly launch: number
}): string {
  return `${event.step}@${event.round}.${event.attempt}.${event.launch}`
}
