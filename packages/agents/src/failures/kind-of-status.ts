import type { FailureKind } from '../contract.js'

/** What an HTTP status of the model provider stands for, or null. 404 is an unknown model, which no retry makes known. */
export function kindOfStatus(status: number | null): FailureKind | null {
  switch (status) {
    case 401:
    case 403:
      return 'sign_in'
    case 402:
      return 'credit'
    case 404:
      return 'model'
    case 413:
      return 'context'
    case 429:
      return 'quota'
    case 503:
    case 529:
      return 'overload'
    case 407:
      return 'configuration'
    case 408:
    case 504:
      return 'network'
    case 400:
    case 422:
      return 'request'
    default:
      return status !== null && status >= 500 && status < 600 ? 'server' : null
  }
}

// `unexpected status 401`, `last status: 429`, `API Error: 404 …`, `"code":401`, `"status_code":429`, `(HTTP 404)`,
// `Request rejected (429)`, or the status in front.
const STATUS =
  /(?:\bstatus(?: code)?:?|\bHTTP|\bError:|"(?:status_?)?code"?:|"status":|\brejected \(|^|\n)\s?([45]\d\d)\b(?!\.\d)/i

/** The HTTP status a provider's error message mentions, or null. */
export function statusInText(text: string): number | null {
  const status = STATUS.exec(text.slice(0, 4000))?.[1]
  return status === undefined ? null : Number(status)
}
