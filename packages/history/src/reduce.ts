import type { EventOf, EventType, LedgerEvent } from '@gump/ledger'
import { type Moment, momentOf } from './moment.js'
import { goesBy } from './owned-time.js'
import { PersistentMap } from './persistent-map.js'
import {
  announceRetry,
  answerPause,
  collide,
  completeStep,
  endGate,
  integrate,
  know,
  pauseAttempt,
  settlePause,
  startGroup,
  startStep,
  touch,
} from './reduce-attempt.js'
import {
  addTurn,
  beginGate,
  beginLaunch,
  endLaunch,
  noteLaunch,
  noteOutput,
  noteSession,
  noteSnapshot,
  parkLaunch,
  tripGuard,
  unparkLaunch,
} from './reduce-launch.js'
import { announceProcess, noteAgent, noteCommand } from './reduce-process.js'
import {
  adopt,
  assignWorkspace,
  breakCircuit,
  cancel,
  endRun,
  exceed,
  holdTime,
  readyWorkspace,
  releaseTime,
  resumeHistory,
  resumeRun,
  startRun,
} from './reduce-run.js'
import { nothingSpent } from './spent.js'
import type { RunState } from './state.js'
import { emptyRoot } from './tree.js'

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
  root: emptyRoot,
  workspaces: PersistentMap.empty(),
  slots: PersistentMap.empty(),
  adoptions: PersistentMap.empty(),
  spent: nothingSpent,
  sessions: PersistentMap.empty(),
  deadSessions: PersistentMap.empty(),
  stop: null,
  ended: null,
  endedAt: null,
  exceeded: null,
  broke: null,
  time: {
    firstMs: 0,
    lastMs: 0,
    previousMs: 0,
    closedMs: 0,
    sinceMs: 0,
    awayMs: 0,
    pauses: 0,
    pausedSinceMs: 0,
    resumes: 0,
    resumedSeq: 0,
    before: [],
    takenUpAt: 0,
  },
  fired: [],
  replay: null,
  processes: PersistentMap.empty(),
  lastSeq: 0,
}

type Meaning<T extends EventType> = (state: RunState, event: EventOf<T>, moment: Moment) => RunState

const nothing = (state: RunState): RunState => state

/** What each type of event means: the one place that knows them all, so that a new one does not compile before it is here. */
const meanings: { readonly [T in EventType]: Meaning<T> } = {
  run_started: startRun,
  run_resumed: resumeRun,
  run_completed: endRun,
  replay_started: (state, event) => ({ ...state, replay: event }),
  history_resumed: resumeHistory,
  cancel_requested: cancel,
  budget_exceeded: exceed,
  circuit_breaker: breakCircuit,
  timer_fired: (state, { timer }) => ({ ...state, fired: [...state.fired, timer] }),
  workspace_assigned: assignWorkspace,
  workspace_ready: readyWorkspace,
  edits_adopted: adopt,
  step_started: startStep,
  group_started: startGroup,
  step_completed: completeStep,
  retry_triggered: announceRetry,
  state_updated: (state, { step, keys }) => know(state, step, { keys }),
  integrated: integrate,
  conflict: collide,
  hitl_paused: (state, event, moment) => holdTime(pauseAttempt(state, event, moment), moment),
  hitl_resumed: (state, event, moment) => releaseTime(answerPause(state, event, moment), moment),
  hitl_deferred: (state) => ({ ...state, options: { ...state.options, interactive: false } }),
  hitl_settled: settlePause,
  gate_started: beginGate,
  gate_passed: endGate,
  gate_failed: endGate,
  gate_skipped: endGate,
  agent_launching: (state, event, moment) => announceProcess(beginLaunch(state, event, moment), event),
  agent_launched: (state, event) => noteAgent(noteLaunch(state, event), event),
  session_started: noteSession,
  turn_completed: addTurn,
  agent_completed: endLaunch,
  agent_failed: endLaunch,
  agent_killed: endLaunch,
  agent_parked: parkLaunch,
  agent_unparked: unparkLaunch,
  guard_triggered: tripGuard,
  output_collected: noteOutput,
  snapshot_created: noteSnapshot,
  command_launching: announceProcess,
  command_launched: noteCommand,
  // Of these only displays tell.
  setup_progress: nothing,
  warning: nothing,
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
  const moment = momentOf(state, event)
  const timed: RunState = { ...state, lastSeq: event.seq, time: goesBy(state.time, moment.at) }
  if (!Object.hasOwn(meanings, event.type)) return timed
  // Each meaning is that of its own type: the table says so, and a lookup by type cannot.
  const meaning = meanings[event.type] as Meaning<EventType>
  const changed = meaning(timed, event, moment)
  return 'attempt' in event && event.type !== 'group_started' ? touch(changed, event, moment) : changed
}
