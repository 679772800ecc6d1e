import type { FailureCause, FailureKind } from '../contract.js'

/** What the run does about a failure of each kind. */
export const CAUSE_OF_KIND: Readonly<Record<FailureKind, FailureCause>> = {
  quota: 'quota',
  overload: 'quota',
  credit: 'quota',
  sign_in: 'auth',
  model: 'configuration',
  configuration: 'configuration',
  budget: 'limit',
  length: 'limit',
  context: 'error',
  refusal: 'error',
  network: 'error',
  server: 'error',
  request: 'error',
}

const KINDS: ReadonlySet<string> = new Set(Object.keys(CAUSE_OF_KIND))

/** The value when it names a kind of failure, else null. */
export function asFailureKind(value: unknown): FailureKind | null {
  return typeof value === 'string' && KINDS.has(value) ? (value as FailureKind) : null
}
