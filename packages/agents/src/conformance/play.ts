import type { AgentAdapter, AgentEvent, AgentOutcome, ProcessExit } from '../contract.js'

/** Everything an adapter made of one stream. */
export interface Played {
  readonly events: readonly AgentEvent[]
  readonly outcome: AgentOutcome
}

/** A process that ended well: the exit that makes a false success most tempting. */
export const CLEAN_EXIT: ProcessExit = Object.freeze({ code: 0, signal: null, stderrTail: '' })

/** Plays lines into a fresh parser. */
export function play(adapter: AgentAdapter, lines: Iterable<string>, exit: ProcessExit): Played {
  const parser = adapter.createParser()
  const events: AgentEvent[] = []
  for (const line of lines) events.push(...parser.push(line))
  return { events, outcome: parser.end(exit) }
}

/** Lines of a stream, decoded as a reader of a pipe does: what is not UTF-8 becomes U+FFFD. */
export function linesOf(bytes: Uint8Array): readonly string[] {
  const lines = new TextDecoder('utf-8').decode(bytes).split('\n')
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}
