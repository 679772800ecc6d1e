import type { AttemptId, LaunchId } from '@gump/ledger'

/** The one spelling of an attempt's identity in ids of effects and keys of maps: `tdd/red@1.2`. */
export function attemptKey({ step, round, attempt }: AttemptId): string {
  return `${step}@${round}.${attempt}`
}

/** That of a launch: `tdd/red@1.2.1`. */
export function launchKey(id: LaunchId): string {
  return `${attemptKey(id)}.${id.launch}`
}
