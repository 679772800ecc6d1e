import { knownTurns } from './spent.js'
import type { Launch } from './node.js'

// The trouble was elsewhere: the session is as good as before.
const elsewhere: ReadonlySet<string> = new Set(['network', 'server', 'quota', 'overload', 'credit'])

/**
 * True when continuing the session of a launch is useless: the provider does not know it, it is full, the model has
 * refused in it, or the launch that was to continue with it ended before the model had answered once.
 */
export function isSessionDead(launch: Launch): boolean {
  return deathOf(launch) !== null
}

/** Why a session is not continued, for people; null when it can be. */
export function deathOf({ outcome, resumes, spent }: Launch): string | null {
  if (outcome?.kind !== 'failed') return null
  if (outcome.sessionRefused) return 'the provider does not know the session any more'
  if (outcome.about === 'context') return "the session does not fit into the model's context any more"
  if (outcome.about === 'refusal') return 'the model has refused in this session, and would continue to'
  if (!resumes || knownTurns(spent) !== 0 || elsewhere.has(outcome.about ?? '')) return null
  return outcome.cause === 'error' || outcome.cause === 'no_result'
    ? 'the session could not be continued'
    : null
}
