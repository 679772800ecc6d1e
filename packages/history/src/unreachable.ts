import type { Attempt, Launch, LaunchOutcome } from './node.js'

const second = 1000
const firstWait = 5 * second
/** How often one attempt launches again because its provider could not be reached: waits of 5 s to 160 s, 5 min 15 s together. */
const relaunches = 6

/** True when a launch failed because its provider could not be reached, or the connection broke: nothing the agent did. */
export function isUnreachable(outcome: LaunchOutcome | null): boolean {
  if (outcome?.kind !== 'failed' || outcome.about !== 'network') return false
  return outcome.cause === 'error' || outcome.cause === 'no_result'
}

/**
 * How long to wait, in milliseconds, before the provider of the last launch is tried again; null when it was tried often
 * enough. A run that a person continues with starts counting again.
 */
export function waitForConnection(attempt: Attempt): number | null {
  const begun = attempt.launches.findLastIndex((launch: Launch) => launch.lost) + 1
  const failed = attempt.launches.slice(begun).filter(({ outcome }) => isUnreachable(outcome)).length
  return failed > relaunches ? null : firstWait * 2 ** Math.max(0, failed - 1)
}
