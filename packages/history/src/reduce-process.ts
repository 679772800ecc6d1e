import type { EventOf } from '@gump/ledger'
import type { RunState } from './state.js'
import { launchOf } from './tree.js'

/** Something is about to be started in a container, and has no process yet. */
export function announceProcess(
  state: RunState,
  { container, replayed }: EventOf<'agent_launching'> | EventOf<'command_launching'>,
): RunState {
  // Processes of the run that a history was taken from may still be running, and are none of this run's.
  if (replayed === true) return state
  return { ...state, processes: state.processes.set(container, { container }) }
}

/** The process of a command. */
export function noteCommand(state: RunState, event: EventOf<'command_launched'>): RunState {
  const { container, pid, pid_start: pidStart, replayed } = event
  if (replayed === true) return state
  return { ...state, processes: state.processes.set(container, { container, pid, pidStart }) }
}

/** The process of an agent. */
export function noteAgent(state: RunState, event: EventOf<'agent_launched'>): RunState {
  const container = launchOf(state, event)?.launching?.container
  const { pid, pid_start: pidStart } = event
  if (event.replayed === true || container === undefined || pid === null || pidStart === null) return state
  return { ...state, processes: state.processes.set(container, { container, pid, pidStart }) }
}
