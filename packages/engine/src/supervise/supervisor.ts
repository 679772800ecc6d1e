import type {
  AgentEvent,
  AgentOutcome,
  AgentParser,
  MeteredUsage,
  TurnTracker,
  UsageMeter,
} from '@gump/agents'
import { type GuardPanel, type GuardTotals, type GuardTrip, isActivity } from '@gump/guards'
import type { AgentEndSettings, Clock } from '../contract.js'
import { watchLastWord } from './last-word.js'

export interface SupervisorOptions {
  readonly parser: AgentParser
  readonly tracker: TurnTracker
  readonly meter: UsageMeter
  readonly guards: GuardPanel
  readonly clock: Clock
  readonly ending: AgentEndSettings
  /** What earlier launches of the step count for, in USD. */
  readonly spentBeforeUsd: number
  readonly onSession: (sessionId: string) => void
  readonly onTurn: (turn: NonNullable<ReturnType<TurnTracker['take']>>) => void
  readonly onEvent: (event: AgentEvent) => void
  /** `final`: whatever the agent has said, this is how it ends; otherwise its own last word may count. */
  readonly onTrip: (trip: GuardTrip, final: boolean) => void
  /** It has said its last word, and nothing has come since. */
  readonly onSilence: (silentMs: number) => void
}

/** Watches one launch: turns, usage, guards, line by line as they come. */
export interface Supervisor {
  push(line: string): void
  /** The process is gone: the last turn ends, timers stop. */
  end(exit: Parameters<AgentParser['end']>[0]): AgentOutcome
  /** No guard trips any more, however the process ended. */
  stop(): void
  /** The guard that has ended it; after the end, not one of time that came after the agent's own last word. */
  readonly trip: GuardTrip | null
}

// They trip because nothing happens, and say nothing about what has happened.
const GUARDS_OF_TIME: ReadonlySet<string> = new Set(['max_idle', 'max_time', 'max_tool_time'])

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { parser, tracker, meter, guards, clock } = options
  const startedMs = clock.now()
  let trip: GuardTrip | null = null
  const lastWord = watchLastWord(parser, clock, options.ending, (ms) => {
    cancelTimer()
    options.onSilence(ms)
  })
  let cancelTimer = (): void => {}

  const totals = (): GuardTotals => {
    const used = meter.total()
    const { tokens } = used
    return {
      elapsedMs: clock.now() - startedMs,
      turns: tracker.turns,
      tokens: tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite,
      costUsd: countedUsd(used, options.spentBeforeUsd),
    }
  }

  const tripped = (found: GuardTrip | null): void => {
    if (found === null || trip !== null) return
    trip = found
    cancelTimer()
    lastWord.stop()
    options.onTrip(found, !GUARDS_OF_TIME.has(found.guard))
  }

  const schedule = (): void => {
    cancelTimer()
    if (trip !== null) return
    const due = guards.nextDeadline()
    if (due === null) return
    cancelTimer = clock.timer(Math.max(0, due - (clock.now() - startedMs)), () => {
      tripped(guards.onTimer(totals()))
      schedule()
    })
  }

  const take = (event: AgentEvent): void => {
    const now = clock.now()
    meter.observe(event)
    const turn = tracker.take(event, now)
    if (turn !== null) options.onTurn(turn)
    if (event.type === 'session') options.onSession(event.sessionId)
    options.onEvent(event)
    tripped(guards.onEvent(event, totals()))
  }

  schedule()
  return {
    get trip() {
      return trip
    },
    push(line) {
      const events = parser.push(line)
      for (const event of events) take(event)
      schedule()
      if (trip === null) lastWord.heard(events.some(isActivity))
    },
    end(exit) {
      cancelTimer()
      lastWord.stop()
      const outcome = parser.end(exit)
      if (trip !== null && GUARDS_OF_TIME.has(trip.guard) && isSettled(outcome)) trip = null
      meter.settle(outcome)
      const turn = tracker.finish(clock.now())
      if (turn !== null) options.onTurn(turn)
      const toldUsage = outcome.usage !== undefined || outcome.costUsd !== undefined
      // Many agents tell what they used at their end only: then it is too late to stop them, not to judge.
      const ownEnd = exit.killedBy === undefined || exit.killedBy === 'ended'
      if (toldUsage && outcome.status === 'success' && ownEnd) {
        const { tokens } = meter.total()
        tripped(guards.onEvent({ type: 'usage', mode: 'cumulative', tokens }, totals()))
      }
      return outcome
    },
    stop: () => {
      cancelTimer()
      lastWord.stop()
    },
  }
}

/** What an agent has used of a budget: unpriced tokens count at an assumed price; null when they cannot be counted. */
function countedUsd(used: MeteredUsage, spentBeforeUsd: number): number | null {
  if (used.costSource === 'unpriced' && used.assumedUsd === undefined) return null
  return spentBeforeUsd + used.costUsd + (used.assumedUsd ?? 0)
}

/** A verdict, or a cause that has nothing to do with time: no silence afterwards makes it another one. */
function isSettled(outcome: AgentOutcome): boolean {
  if (outcome.status === 'success') return true
  return ['quota', 'auth', 'configuration'].includes(outcome.cause)
}
