import { stripVTControlCharacters } from 'node:util'
import type { AgentOutcome, FailureCause, OutcomeFacts, ProcessExit } from '../contract.js'

const STOPPING_SIGNALS: ReadonlySet<string> = new Set(['SIGINT', 'SIGTERM', 'SIGKILL', 'SIGHUP', 'SIGQUIT'])
// 128 + n: what a program that handled SIGHUP, SIGINT, SIGQUIT or SIGTERM, or a shell around a killed one, exits with.
const STOPPING_CODES: ReadonlySet<number> = new Set([129, 130, 131, 137, 143])

/** The outcome of a launch whose stream ended without its terminal event: a failure, whatever the exit code. */
export function missingResult(exit: ProcessExit, lines: number, facts: OutcomeFacts): AgentOutcome {
  return { status: 'failed', cause: causeOf(exit), message: describe(exit, lines), ...facts }
}

/** True when somebody stopped the process from outside. */
export function wasStopped(exit: ProcessExit): boolean {
  return (
    exit.killedBy !== undefined ||
    (exit.signal !== null && STOPPING_SIGNALS.has(exit.signal)) ||
    (exit.code !== null && STOPPING_CODES.has(exit.code))
  )
}

function causeOf(exit: ProcessExit): FailureCause {
  return wasStopped(exit) ? 'interrupted' : 'no_result'
}

function describe(exit: ProcessExit, lines: number): string {
  const what = lines === 0 ? 'the agent wrote nothing' : 'the stream ended without a result'
  const tail = stderrTail(exit)
  return `${what} (${ending(exit)})${tail === '' ? '' : `: ${tail}`}`
}

function ending(exit: ProcessExit): string {
  if (exit.signal !== null) return `killed by ${exit.signal}`
  return exit.code === null ? 'no exit code' : `exit code ${exit.code}`
}

/** The last words on stderr, without terminal control sequences, at most 500 characters. */
export function stderrTail(exit: ProcessExit): string {
  return stripVTControlCharacters(exit.stderrTail).trim().slice(-500)
}
