import type { AgentEvent, AgentOutcome, AgentParser, TurnTracker, UsageMeter } from '@gump/agents'
import type { GuardPanel, GuardTotals, GuardTrip } from '@gump/guards'
import type { Clock } from '../contract.js'

export interface SupervisorOptions {
  readonly parser: AgentParser
  readonly tracker: TurnTracker
  readonly meter: UsageMeter
  readonly guards: GuardPanel
  readonly clock: Clock
  /** What earlier launches of the same attempt have cost, in USD. */
  readonly spentBeforeUsd: number
  readonly onSession: (sessionId: string) => void
  readonly onTurn: (turn: NonNullable<ReturnType<TurnTracker['take']>>) => void
  readonly onEvent: (event: AgentEvent) => void
  readonly onTrip: (trip: GuardTrip) => void
}

/** Watches one launch: turns, usage, guards, line by line as they come. */
export interface Supervisor {
  push(line: string): void
  /** The process is gone: the last turn ends, timers stop. */
  end(exit: Parameters<AgentParser['end']>[0]): AgentOutcome
  /** No guard trips any more, whatever became of the process. */
  stop(): void
  readonly trip: GuardTrip | null
}

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { parser, tracker, meter, guards, clock } = options
  const startedMs = clock.now()
  let trip: GuardTrip | null = null
  let cancelTimer = (): void => {}

  const totals = (): GuardTotals => {
    const used = meter.total()
    const { tokens } = used
    return {
      elapsedMs: clock.now() - startedMs,
      turns: tracker.turns,
      tokens: tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite,
      costUsd: used.costSource === 'unpriced' ? null : options.spentBeforeUsd + used.costUsd,
    }
  }

  const tripped = (found: GuardTrip | null): void => {
    if (found === null || trip !== null) return
    trip = found
    cancelTimer()
    options.onTrip(found)
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
      for (const event of parser.push(line)) take(event)
      schedule()
    },
    end(exit) {
      cancelTimer()
      const outcome = parser.end(exit)
      meter.settle(outcome)
      const turn = tracker.finish(clock.now())
      if (turn !== null) options.onTurn(turn)
      const toldUsage = outcome.usage !== undefined || outcome.costUsd !== undefined
      // Many agents tell what they used at their end only: then it is too late to stop them, not to judge.
      if (toldUsage && outcome.status === 'success' && exit.killedBy === undefined) {
        const { tokens } = meter.total()
        tripped(guards.onEvent({ type: 'usage', mode: 'cumulative', tokens }, totals()))
      }
      return outcome
    },
    stop: () => cancelTimer(),
  }
}
