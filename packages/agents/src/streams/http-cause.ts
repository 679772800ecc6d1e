import type { FailureCause } from '../contract.js'

/**
 * What an HTTP status of the model provider means for a launch. Waiting helps against 402 (credit), 429, 503 and 529
 * (overload): they are `quota`. 404 is an unknown model, which no retry makes known.
 */
export function causeOfStatus(status: number | null): FailureCause {
  switch (status) {
    case 401:
    case 403:
      return 'auth'
    case 402:
    case 429:
    case 503:
    case 529:
      return 'quota'
    case 404:
      return 'configuration'
    default:
      return 'error'
  }
}
