import type { AgentEvent, AgentOutcome, AgentParser, ProcessExit, StreamStanding } from '@gump/agents'

/**
 * A parser whose adapter may break its promise never to throw. What it made of the stream is worth nothing then:
 * `onFailure` is called once, so that the agent does not run unwatched, and the launch has failed.
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
    standing: () => attempt(() => standingOf(parser.standing?.())) ?? OPEN,
    push: (line): readonly AgentEvent[] => attempt(() => eventsOf(parser.push(line))) ?? [],
    end: (exit: ProcessExit): AgentOutcome =>
      attempt(() => outcomeOf(parser.end(exit))) ?? {
        status: 'failed',
        cause: 'error',
        compat: true,
        message: `the adapter of the agent failed: ${String(failure)}`.slice(0, 1000),
      },
  }
}

const OPEN: StreamStanding = { lastWord: 'none', background: 0 }

function standingOf(answer: unknown): StreamStanding {
  const standing = typeof answer === 'object' && answer !== null ? (answer as Partial<StreamStanding>) : {}
  const lastWord = (['error', 'final'] as const).find((word) => word === standing.lastWord) ?? 'none'
  const { background } = standing
  return { lastWord, background: typeof background === 'number' && background > 0 ? background : 0 }
}

function eventsOf(answer: unknown): readonly AgentEvent[] {
  if (Array.isArray(answer) && answer.every(isEvent)) return answer
  throw new TypeError('push returned no list of events')
}

function isEvent(item: unknown): item is AgentEvent {
  return typeof item === 'object' && item !== null && 'type' in item && typeof item.type === 'string'
}

function outcomeOf(answer: unknown): AgentOutcome {
  const outcome = typeof answer === 'object' && answer !== null ? (answer as Partial<AgentOutcome>) : {}
  const { turns, ...rest } = outcome
  const counted = Number.isSafeInteger(turns) && (turns ?? -1) >= 0 ? outcome : rest
  if (outcome.status === 'success') return counted as AgentOutcome
  const told = outcome.status === 'failed' && typeof outcome.message === 'string'
  if (told && typeof outcome.cause === 'string') return counted as AgentOutcome
  throw new TypeError('end returned no outcome')
}
