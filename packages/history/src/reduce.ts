import type { LedgerEvent } from '@gump/ledger'
import { reduceAttempt } from './reduce-attempt.js'
import { reduceLaunch } from './reduce-launch.js'
import { reduceRun } from './reduce-run.js'
import { nothingSpent } from './spent.js'
import type { RunState } from './state.js'
import { emptyNode } from './tree.js'

/** The state before the first event. */
export const initialState: RunState = {
  runId: '',
  started: null,
  limits: {},
  options: {
    jobs: 1,
    pause_after: [],
    park: true,
    agent_override: null,
    agent_aliases: {},
    default_agent: '',
    allow_unpriced: false,
    interactive: false,
  },
  root: emptyNode,
  workspaces: {},
  adoptions: {},
  spent: nothingSpent,
  sessions: {},
  deadSessions: {},
  stop: null,
  ended: null,
  time: {
    firstMs: 0,
    lastMs: 0,
    previousMs: 0,
    closedMs: 0,
    sinceMs: 0,
    awayMs: 0,
    pauses: 0,
    pausedSinceMs: 0,
  },
  fired: [],
  replay: null,
  lastSeq: 0,
}

/**
 * Folds one ledger event into the state. Pure and total: an event of a newer version changes nothing.
 *
 * @example
 * ```ts
 * const state = events.reduce(reduce, initialState)
 * ```
 */
export function reduce(state: RunState, event: LedgerEvent): RunState {
  const ms = Date.parse(event.ts)
  const timed: RunState = {
    ...state,
    lastSeq: event.seq,
    time: { ...state.time, previousMs: state.time.lastMs, lastMs: ms },
  }
  const worked = reduceAttempt(timed, event, ms - state.time.awayMs)
  return reduceRun(reduceLaunch(worked, event, ms), event, ms)
}
