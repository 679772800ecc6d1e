import { catalogue, toGumpError } from '@gump/errors'
import type { NewEvent } from '@gump/ledger'
import type { RunContext } from './run-context.js'

/** What stops a run because no retry would cure it. */
export function circuitBreaker({ masker }: RunContext, step: string, error: unknown): NewEvent {
  const { code, message, remedy = catalogue[code].remedy } = toGumpError(error)
  return { type: 'circuit_breaker', step, reason: masker.mask(`${code}: ${message}`), remedy }
}
