import type {
  AgentEvent,
  AgentOutcome,
  AgentParser,
  OutcomeFacts,
  ProcessExit,
  TokenUsage,
} from '@gump/agents'
import { asText, parseObject } from './json-value.js'
import { readEvent } from './read-event.js'
import { readStop } from './read-stop.js'

/** Reads one launch of Pebble: a JSON object on each line, the last of them `{"event":"stop", …}`. */
export function createPebbleParser(): AgentParser {
  let lines = 0
  let known = 0
  let damaged = 0
  let stop: AgentOutcome | null = null
  const facts = collectFacts()

  return {
    push(line) {
      const text = line.trim()
      if (text === '') return []
      lines += 1
      const object = text.startsWith('{') ? parseObject(text) : null
      if (object === null) {
        if (text.startsWith('{')) damaged += 1
        return [{ type: 'raw', name: 'text' }]
      }
      const verdict = readStop(object)
      const events = verdict === null ? readEvent(object) : []
      // Pebble may learn to say more: what is not known here is no reason to fail.
      if (events === null) return [{ type: 'raw', name: asText(object['event']) ?? 'json' }]
      known += 1
      stop = verdict ?? stop
      for (const event of events) facts.take(event)
      return events
    },
    end(exit) {
      if (stop !== null) return { ...facts.all(), ...stop }
      if (lines > 0 && known === 0 && damaged === 0) return anotherDialect(exit)
      return { ...withoutStop(exit, lines), ...facts.all() }
    },
    standing: () => ({ lastWord: stop === null ? 'none' : 'final', background: 0 }),
  }
}

/** What the events say that the last line does not. */
function collectFacts(): { take(event: AgentEvent): void; all(): OutcomeFacts } {
  let tokens: TokenUsage | undefined
  let turns = 0
  let sessionId: string | undefined
  let finalText: string | undefined
  return {
    take(event) {
      if (event.type === 'turn_started') turns += 1
      else if (event.type === 'session') sessionId = event.sessionId
      else if (event.type === 'text') finalText = event.text
      else if (event.type === 'usage') tokens = sum(tokens, event.tokens)
    },
    all: () => ({
      turns,
      ...(tokens === undefined ? {} : { usage: { tokens, scope: 'launch' } }),
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(finalText === undefined ? {} : { finalText }),
    }),
  }
}

function sum(a: TokenUsage | undefined, b: TokenUsage): TokenUsage {
  if (a === undefined) return b
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
  }
}

/** The stream ended before Pebble said how it went: a failure, also with exit code 0. */
function withoutStop(exit: ProcessExit, lines: number): Extract<AgentOutcome, { status: 'failed' }> {
  const stopped = exit.signal !== null || exit.killedBy !== undefined
  const what = lines === 0 ? 'Pebble wrote nothing' : 'Pebble did not say how it ended'
  const how = exit.signal === null ? `exit code ${exit.code}` : `killed by ${exit.signal}`
  const tail = exit.stderrTail.trim()
  return {
    status: 'failed',
    cause: stopped ? 'interrupted' : 'no_result',
    message: `${what} (${how})${tail === '' || stopped ? '' : `: ${tail}`}`,
  }
}

/** There was output, and not one line of it is known: only the exit code is left to judge by. */
function anotherDialect(exit: ProcessExit): AgentOutcome {
  if (exit.code === 0 && exit.killedBy === undefined) return { status: 'success', compat: true }
  const { message, cause } = withoutStop(exit, 1)
  return { status: 'failed', cause: cause === 'interrupted' ? cause : 'error', message, compat: true }
}
