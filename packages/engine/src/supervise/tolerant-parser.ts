import type { AgentEvent, AgentOutcome, AgentParser, ProcessExit } from '@gump/agents'

/**
 * A parser whose adapter may break its promise never to throw. What it made of the stream is worth nothing then:
 * `onFailure` is told once, so that the agent does not go on unwatched, and the launch has failed.
 */
export function tolerantParser(parser: AgentParser, onFailure: () => void): AgentParser {
  let failure: unknown = null

  const attempt = <T>(read: () => T): T | null => {
    if (failure !== null) return null
    try {
      return read()
    } catch (error) {
      failure = error ?? new Error('nothing')
      onFailure()
      return null
    }
  }

  return {
    push: (line): readonly AgentEvent[] => attempt(() => parser.push(line)) ?? [],
    end: (exit: ProcessExit): AgentOutcome =>
      attempt(() => parser.end(exit)) ?? {
        status: 'failed',
        cause: 'error',
        compat: true,
        message: `the adapter of the agent failed: ${String(failure)}`.slice(0, 1000),
      },
  }
}
