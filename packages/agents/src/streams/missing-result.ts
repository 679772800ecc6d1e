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
  // What a stopped agent said last has nothing to do with its being stopped.
  const tail = wasStopped(exit) ? '' : stderrTail(exit)
  return `${what} (${ending(exit)})${tail === '' ? '' : `: ${tail}`}`
}

function ending(exit: ProcessExit): string {
  if (exit.signal !== null) return `killed by ${exit.signal}`
  return exit.code === null ? 'no exit code' : `exit code ${exit.code}`
}

const MAX_TAIL_CHARS = 600
// What Codex, Gemini CLI and Qwen Code print at every start.
const CHATTER =
  /^(?:Reading additional input from stdin|Warning: (?:Basic terminal|256-color|running headless)|YOLO mode is|Ripgrep (?:is )?not available|\[STARTUP\] |Approval mode overridden)/

/** The last whole lines on stderr, at most 600 characters, without terminal control sequences and start-up chatter. */
export function stderrTail(exit: ProcessExit): string {
  const text = stripVTControlCharacters(exit.stderrTail.slice(-64_000))
  const told = text
    .split('\n')
    .filter((line) => !CHATTER.test(line))
    .join('\n')
    .trim()
  if (told.length <= MAX_TAIL_CHARS) return told
  const cut = told.slice(-MAX_TAIL_CHARS)
  const lineStart = cut.indexOf('\n') + 1
  return cut.slice(lineStart)
}
