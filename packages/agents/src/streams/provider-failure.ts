import { stripVTControlCharacters } from 'node:util'
import type { AgentOutcome, FailureCause, OutcomeFacts, RetryTime } from '../contract.js'
import { causeOfStatus } from './http-cause.js'
import { present } from './json-value.js'
import { retryTimeInText } from './retry-time.js'

// `unexpected status 401`, `last status: 429`, `API Error: 404 …`, `"code":401`, `(HTTP 404)`, or the status in front.
const STATUS = /(?:\bstatus(?: code)?:?|\bHTTP|\bError:|"code":|^) ?([45]\d\d)\b/i
// What providers and CLIs say when the account, not the request, is at its limit.
const LIMIT_REACHED =
  /\b(?:usage limit|rate[ _-]limit(?:s|ed|_exceeded|_error)?|too many requests|quota exceeded|exceeded your current quota|insufficient_quota|resource[ _]exhausted|overloaded)\b/i

// A model that is not there or not allowed: by no retry.
const MODEL_UNKNOWN =
  /\bmodel not found\b|\bmodels?[ /]\S{1,200} (?:does not exist|is not (?:found|supported|available))|['"`]\S{1,200} model is not (?:found|supported|available)/i

/** The HTTP status a provider's error message mentions, or null. */
export function statusInText(text: string): number | null {
  const status = STATUS.exec(text.slice(0, 4000))?.[1]
  return status === undefined ? null : Number(status)
}

/** What is known of a failed call to the model provider. */
export interface ProviderFailure {
  readonly message: string
  /** HTTP status, where the CLI tells it; otherwise it is looked for in the message. */
  readonly status?: number | null
  readonly retryAt?: RetryTime | null
}

function causeInText(message: string): FailureCause {
  if (LIMIT_REACHED.test(message)) return 'quota'
  return MODEL_UNKNOWN.test(message) ? 'configuration' : 'error'
}

/** The outcome of a launch that ended because the model provider refused or failed. */
export function providerFailure(failure: ProviderFailure, facts: OutcomeFacts): AgentOutcome {
  const told = stripVTControlCharacters(failure.message)
  const message = told === '' ? 'the model provider failed without a message' : told
  const byStatus = causeOfStatus(failure.status ?? statusInText(message))
  const cause = byStatus === 'error' ? causeInText(message.slice(0, 4000)) : byStatus
  const retryAt = cause === 'quota' ? (failure.retryAt ?? retryTimeInText(message)) : null
  return { status: 'failed', cause, message, ...present('retryAt', retryAt), ...facts }
}
