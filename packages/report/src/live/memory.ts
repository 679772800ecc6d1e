import type { EventOf, LedgerEvent } from '@gump/ledger'
import { addTurns, noTurns, type Turns } from '../turns.js'
import { attemptText } from './attempt-text.js'

/** What later lines need to know about earlier events. */
export interface RunMemory {
  push(event: LedgerEvent): void
  /** `attempt 2/6` of the step's current attempt. */
  attemptOf(step: string): string | null
  maxAttempts(step: string): number
  /** Who works on the current attempt: whom it names, or to whom a person has given it since. */
  agentOf(step: string): string | null
  /** An agent was started for the step, or for one below it. */
  ran(step: string): boolean
  turns(): Turns
  /** The limit that stopped this session. */
  exceeded(): EventOf<'budget_exceeded'> | null
}

export function createRunMemory(): RunMemory {
  const starts = new Map<string, EventOf<'step_started'> | EventOf<'group_started'>>()
  const agents = new Map<string, string | null>()
  const ran = new Set<string>()
  const turns = new Map<string, number>()
  let total = noTurns
  let exceeded: EventOf<'budget_exceeded'> | null = null

  const countTurns = (launch: string, count: number, unknown = false): void => {
    const known = turns.get(launch) ?? 0
    total = addTurns(total, { known: Math.max(0, count - known), unknown })
    turns.set(launch, Math.max(known, count))
  }

  return {
    push(event) {
      // What a replayed agent did is counted in the run that it worked for.
      if (event.replayed === true && 'usage' in event) return
      switch (event.type) {
        case 'step_started':
        case 'group_started':
          if (event.type === 'step_started' || event.each !== true) starts.set(event.step, event)
          if (event.type === 'step_started') agents.set(event.step, event.agent ?? null)
          return
        case 'agent_launching':
          if (event.launch > 1) agents.set(event.step, event.agent)
          for (let path = event.step; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
            ran.add(path)
          }
          return
        case 'turn_completed':
          return countTurns(launchKey(event), event.n)
        case 'agent_completed':
        case 'agent_failed':
        case 'agent_killed':
          return countTurns(launchKey(event), event.turns, event.compat)
        case 'budget_exceeded':
          exceeded = event
          return
        case 'run_resumed':
          exceeded = null
          return
        default:
      }
    },
    attemptOf(step) {
      const start = starts.get(step)
      return start === undefined ? null : attemptText(start.attempt, start.max_attempts)
    },
    maxAttempts: (step) => starts.get(step)?.max_attempts ?? 1,
    agentOf: (step) => agents.get(step) ?? null,
    ran: (step) => ran.has(step),
    turns: () => total,
    exceeded: () => exceeded,
  }
}

function launchKey(event: { step: string; round: number; attempt: number; launch: number }): string {
  return `${event.step} ${event.round}.${event.attempt}.${event.launch}`
}
