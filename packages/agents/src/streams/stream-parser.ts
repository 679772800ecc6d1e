import { stripVTControlCharacters } from 'node:util'
import type {
  AgentEvent,
  AgentOutcome,
  AgentParser,
  OutcomeFacts,
  ProcessExit,
  StreamStanding,
} from '../contract.js'
import { asNonEmpty, asObject, type JsonObject } from './json-value.js'
import { stderrTail } from '../failures/stderr.js'
import { missingResult } from './missing-result.js'
import { isEmpty, withoutSilentSuccess } from './silent-end.js'
import { withoutToldError } from './told-error.js'

/** What one CLI's dialect adds to the reading of newline-delimited JSON. */
export interface StreamDialect {
  /** Normalised events of one JSON object; null when it is not an event of this CLI. May throw on absurd input. */
  event(value: JsonObject): readonly AgentEvent[] | null
  /** The verdict; undefined when the stream had no terminal event. */
  outcome(exit: ProcessExit): AgentOutcome | undefined
  /** What is known when there was no terminal event. */
  facts(): OutcomeFacts
  /** How far the stream has come. */
  standing(): StreamStanding
  /** Its terminal event is the verdict, though nothing was said or done before it. */
  readonly maySaySuccessOnly?: true
}

/** Nothing that was said is an end. */
export const OPEN: StreamStanding = Object.freeze({ lastWord: 'none', background: 0 })
/** The last word was said, and nothing continues in the background. */
export const ENDED: StreamStanding = Object.freeze({ lastWord: 'final', background: 0 })

/**
 * A parser of newline-delimited JSON that never throws: blank lines are skipped, whatever is not an event of the CLI
 * becomes `raw`, and a stream of nothing but that is judged by the exit code alone (compat mode), unless a line looks
 * like damaged JSON.
 */
export function createStreamParser(dialect: StreamDialect): AgentParser {
  let lines = 0
  let recognised = 0
  let damaged = 0
  let silent = dialect.maySaySuccessOnly !== true

  const push = (line: string): readonly AgentEvent[] => {
    const text = withoutEscapes(line).trim()
    if (text === '') return []
    lines += 1
    const value = parseObject(text)
    if (value === null) {
      if (text.startsWith('{')) damaged += 1
      return [{ type: 'raw', name: 'text' }]
    }
    const events = readEvent(dialect, value)
    if (events === null) {
      silent = false
      return [{ type: 'raw', name: eventName(value) }]
    }
    recognised += 1
    silent &&= events.every(isEmpty)
    return events
  }

  const end = (exit: ProcessExit): AgentOutcome => {
    const outcome = dialect.outcome(exit)
    if (outcome !== undefined) return withoutToldError(withoutSilentSuccess(outcome, silent))
    if (lines > 0 && recognised === 0 && damaged === 0) return compatOutcome(exit, lines)
    return missingResult(exit, lines, dialect.facts())
  }

  return { push, end, standing: () => dialect.standing() }
}

/** JSON has no escape character as it is: what has one was written around it, to a terminal that is none. */
function withoutEscapes(line: string): string {
  return line.includes('\u001B') ? stripVTControlCharacters(line) : line
}

function readEvent(dialect: StreamDialect, value: JsonObject): readonly AgentEvent[] | null {
  try {
    return dialect.event(value)
  } catch (error) {
    // A dialect reads every member defensively; this keeps the promise of never throwing should one of them not.
    return [{ type: 'warning', message: `an event could not be read: ${String(error)}` }]
  }
}

function parseObject(text: string): JsonObject | null {
  if (!text.startsWith('{')) return null
  try {
    return asObject(JSON.parse(text))
  } catch {
    return null
  }
}

function eventName(value: JsonObject): string {
  return (asNonEmpty(value['type']) ?? 'json').slice(0, 80)
}

function compatOutcome(exit: ProcessExit, lines: number): AgentOutcome {
  if (exit.code === 0 && exit.signal === null && exit.killedBy === undefined) {
    return { status: 'success', compat: true }
  }
  const failed = missingResult(exit, lines, { compat: true })
  if (failed.status === 'success' || failed.cause !== 'no_result') return failed
  const tail = stderrTail(exit)
  return { ...failed, cause: 'error', message: `exit code ${exit.code}${tail === '' ? '' : `: ${tail}`}` }
}
