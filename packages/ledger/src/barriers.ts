import type { EventType } from './events.js'

/**
 * Events that are on the disk before `append` returns: the intent before a process is launched, and every fact that a
 * later decision or a person relies on. All others follow within {@link batchMs}.
 *
 * The end of a step is none: whatever it lets begin puts a barrier behind it, with the intent of the next process, the
 * merge, or the end of the run, and what completes a step comes to the same commit when it is repeated.
 */
export const barrierEvents: ReadonlySet<EventType> = new Set<EventType>([
  'run_started',
  'run_resumed',
  'agent_launching',
  'snapshot_created',
  'command_launching',
  'gate_passed',
  'gate_failed',
  'gate_skipped',
  'hitl_resumed',
  'edits_adopted',
  'integrated',
  'run_completed',
])

/** Longest time an event that is no barrier stays in the page cache only, in milliseconds. */
export const batchMs = 50
