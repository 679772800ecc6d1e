import { stripVTControlCharacters } from 'node:util'
import type { AgentOutcome, OutcomeFacts, ProcessExit, RetryTime } from '../contract.js'
import { present } from '../streams/json-value.js'
import { classifyFailure, type FailureSigns } from './classify-failure.js'
import { CAUSE_OF_KIND } from './failure-kind.js'
import { jsonInMessage } from './json-in-message.js'
import { isOfModel } from './limit-of-model.js'
import { retryTimeInText } from './retry-time.js'
import { complaints } from './stderr.js'

/** What is known of a failed call to the model provider. */
export interface ProviderFailure extends FailureSigns {
  readonly retryAt?: RetryTime | null
  /** How the program ended: what it printed on stderr counts where its stream says nothing. */
  readonly exit?: ProcessExit
}

/** The outcome of a launch that ended because the model provider refused or failed. */
export function providerFailure(failure: ProviderFailure, facts: OutcomeFacts): AgentOutcome {
  const told = stripVTControlCharacters(failure.message).trim()
  const byStream = classifyFailure({ ...failure, message: told })
  const stderr = failure.exit === undefined ? '' : complaints(failure.exit)
  const byStderr = byStream === null && stderr !== '' ? classifyFailure({ message: stderr }) : null
  const kind = byStream ?? byStderr
  const words = jsonInMessage(told).message ?? told
  const reason = [words, ...(byStderr === null || told.includes(stderr) ? [] : [stderr])].filter(
    (t) => t !== '',
  )
  const message = reason.length === 0 ? 'the model provider failed without a message' : reason.join(': ')
  const cause = kind === null ? 'error' : CAUSE_OF_KIND[kind]
  const retryAt =
    cause === 'quota'
      ? (failure.retryAt ?? retryTimeInText(byStderr === null ? told : `${told}\n${stderr}`))
      : null
  return {
    status: 'failed',
    cause,
    ...present('kind', kind),
    message,
    ...(cause === 'quota' && isOfModel(message) ? { limitOf: 'model' as const } : {}),
    ...present('retryAt', retryAt),
    ...facts,
  }
}
