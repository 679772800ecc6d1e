import type { EventType } from './events.js'

/**
 * Events that are on the disk before `append` returns: the intent before a process is launched, and every fact that a
 * later decision or a person relies on. All others follow, those in {@link promptEvents} at once and the rest within
 * {@link batchMs}.
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

/**
 * Events whose fsync begins in `append`, which does not wait for it. Nothing depends on the end of a step alone: whatever
 * it lets begin puts a barrier behind it, with the intent of the next process, the merge, or the end of the run.
 */
export const promptEvents: ReadonlySet<EventType> = new Set<EventType>(['step_completed'])

/** Longest time an event that is no barrier stays in the page cache only, in milliseconds. */
export const batchMs = 50
