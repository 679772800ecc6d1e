import type { AgentOutcome, FailureCause, FailureKind, OutcomeFacts, ProcessExit } from '../contract.js'
import { classifyFailure } from '../failures/classify-failure.js'
import { CAUSE_OF_KIND } from '../failures/failure-kind.js'
import { retryTimeInText } from '../failures/retry-time.js'
import { complaints, stderrTail } from '../failures/stderr.js'
import { saysUnknownSession } from '../failures/unknown-session.js'
import { present } from './json-value.js'

type Failure = Extract<AgentOutcome, { status: 'failed' }>

const STOPPING_SIGNALS: ReadonlySet<string> = new Set(['SIGINT', 'SIGTERM', 'SIGKILL', 'SIGHUP', 'SIGQUIT'])
// 128 + n: what a program that handled SIGHUP, SIGINT, SIGQUIT or SIGTERM, or a shell around a killed one, exits with.
const STOPPING_CODES: ReadonlySet<number> = new Set([129, 130, 131, 137, 143])

/** The outcome of a launch whose stream ended without its terminal event: a failure, whatever the exit code. */
export function missingResult(exit: ProcessExit, lines: number, facts: OutcomeFacts): AgentOutcome {
  const said = complaints(exit)
  const silent = exit.killedBy === 'guard' || exit.killedBy === 'ended'
  if (wasStopped(exit) && !silent) return failed(exit, lines, facts, 'interrupted')
  if (!silent && saysUnknownSession(said)) {
    const { sessionId: _refused, ...rest } = facts
    return { status: 'failed', cause: 'error', message: said, sessionRefused: true, turns: 0, ...rest }
  }
  const end = endToldBy(said)
  if (silent && end?.cause !== 'quota' && end?.cause !== 'auth')
    return failed(exit, lines, facts, 'interrupted')
  return { ...failed(exit, lines, facts, end?.cause ?? 'no_result'), ...end }
}

/** Why a program ended without a result, by what it printed; null when that tells nothing known. */
export function endToldBy(said: string): Pick<Failure, 'cause' | 'kind' | 'retryAt'> | null {
  const kind = said === '' ? null : classifyFailure({ message: said })
  if (kind === null) return null
  const cause = told(kind, CAUSE_OF_KIND[kind])
  return { cause, kind, ...(cause === 'quota' ? present('retryAt', retryTimeInText(said)) : {}) }
}

/** A stream without an end that names no cause a person or time could mend stays one without a result. */
function told(kind: FailureKind, cause: FailureCause): FailureCause {
  return cause === 'error' && kind !== 'context' && kind !== 'refusal' ? 'no_result' : cause
}

function failed(exit: ProcessExit, lines: number, facts: OutcomeFacts, cause: FailureCause): Failure {
  return { status: 'failed', cause, message: describe(exit, lines, cause), ...facts }
}

/** True when the process was stopped from outside. */
export function wasStopped(exit: ProcessExit): boolean {
  return (
    exit.killedBy !== undefined ||
    (exit.signal !== null && STOPPING_SIGNALS.has(exit.signal)) ||
    (exit.code !== null && STOPPING_CODES.has(exit.code))
  )
}

function describe(exit: ProcessExit, lines: number, cause: FailureCause): string {
  const what = lines === 0 ? 'the agent wrote nothing' : 'the stream ended without a result'
  // What a stopped agent said last has nothing to do with its being stopped.
  const tail = cause === 'interrupted' ? '' : stderrTail(exit)
  return `${what} (${ending(exit)})${tail === '' ? '' : `: ${tail}`}`
}

function ending(exit: ProcessExit): string {
  if (exit.signal !== null) return `killed by ${exit.signal}`
  return exit.code === null ? 'no exit code' : `exit code ${exit.code}`
}
