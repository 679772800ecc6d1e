import type { AgentMetrics, LaunchId, LedgerEvent } from '@gump/ledger'
import { deathOf } from './dead-session.js'
import { changeAttempt, judgedAnew } from './reduce-attempt.js'
import { addSpent, nothingSpent, type Spent, spentOf, subtractSpent } from './spent.js'
import type { Launch, LaunchOutcome, RunState } from './state.js'
import { lastAttempt, lastLaunch, nodeAt, segments } from './tree.js'

const newLaunch: Omit<Launch, 'n'> = {
  agent: null,
  container: null,
  pid: null,
  pidStart: null,
  sessionId: null,
  spent: nothingSpent,
  turns: 0,
  outcome: null,
  lost: false,
  guard: null,
  parkedUntil: null,
  resumes: false,
  unparked: false,
  snapshot: null,
  output: null,
  durationMs: 0,
  finalText: null,
}

/** Events of one launch of an agent, and of what it left behind. */
export function reduceLaunch(state: RunState, event: LedgerEvent, ms: number): RunState {
  switch (event.type) {
    case 'agent_launching':
      return setContent(
        changeLaunch(state, event, (l) => ({
          ...l,
          agent: event.agent,
          container: event.container,
          sessionId: event.session_id ?? null,
          resumes: event.session_mode === 'resume',
        })),
        event.step,
        null,
      )
    case 'agent_launched':
      return changeLaunch(state, event, (l) => ({ ...l, pid: event.pid, pidStart: event.pid_start }))
    case 'session_started':
      return changeLaunch(state, event, (l) => ({ ...l, sessionId: event.session_id }))
    case 'turn_completed': {
      const used = spentOf(event.usage)
      const changed = changeLaunch(state, event, (l) => ({
        ...l,
        turns: event.n,
        spent: addSpent(l.spent, used),
      }))
      return event.replayed === true ? changed : { ...changed, spent: addSpent(changed.spent, used) }
    }
    case 'agent_completed':
      return finish(state, event, { kind: 'completed' })
    case 'agent_failed':
      return finish(state, event, {
        kind: 'failed',
        cause: event.cause,
        about: event.kind ?? null,
        message: event.message,
        remedy: event.remedy ?? null,
        sessionRefused: event.session_refused === true,
        limitOf: event.limit_of ?? null,
        retryAt: event.retry_at ?? null,
        endedMs: ms,
      })
    case 'agent_killed':
      return finish(state, event, { kind: 'killed', by: event.by, reason: event.reason })
    case 'guard_triggered':
      return changeLaunch(state, event, (l) => ({ ...l, guard: event }))
    case 'agent_parked':
      return changeLaunch(state, event, (l) => ({ ...l, parkedUntil: event.until }))
    case 'agent_unparked':
      return changeLaunch(state, event, (l) => ({ ...l, unparked: true }))
    case 'snapshot_created':
      return event.by === 'person'
        ? takeOver(state, event)
        : changeLaunch(state, event, (l) => ({ ...l, snapshot: event }))
    case 'output_collected':
      return settleContent(
        changeLaunch(state, event, (l) => ({ ...l, output: event })),
        event.step,
      )
    case 'gate_started':
      return event.command === undefined ? state : setContent(state, event.step, null)
    default:
      return state
  }
}

function changeLaunch(state: RunState, id: LaunchId, change: (launch: Launch) => Launch): RunState {
  return changeAttempt(state, id, (attempt) => {
    const known = attempt.launches.some((l) => l.n === id.launch)
    const launches = known ? attempt.launches : [...attempt.launches, { ...newLaunch, n: id.launch }]
    return { ...attempt, launches: launches.map((l) => (l.n === id.launch ? change(l) : l)) }
  })
}

/** A person's edits stand where the agent's work stood; they cost nothing and leave its session as it is. */
function takeOver(state: RunState, event: Extract<LedgerEvent, { type: 'snapshot_created' }>): RunState {
  const edited = changeAttempt(state, event, (attempt) => {
    const last = lastLaunch(attempt)
    if (last === null || last.n >= event.launch) return attempt
    const snapshot = event.files.length === 0 ? null : event
    const launch: Launch = {
      ...last,
      n: event.launch,
      snapshot,
      spent: nothingSpent,
      turns: 0,
      durationMs: 0,
    }
    return { ...attempt, launches: [...attempt.launches, launch] }
  })
  return settleContent(judgedAnew(edited, event), event.step)
}

/** The final figures replace the sum of the turns, so that nothing is counted twice. */
function finish(
  state: RunState,
  event: LaunchId & AgentMetrics & { readonly replayed?: true },
  outcome: LaunchOutcome,
): RunState {
  const compat = event.compat === true
  const total = spentOf(event.usage, outcome.kind === 'completed' || event.turns > 0 || compat)
  const attempt = lastAttempt(nodeAt(state.root, segments(event.step)))
  const seen = attempt?.launches.find((l) => l.n === event.launch)?.spent ?? nothingSpent
  const changed = buryingSession(state, event, (l) => ({
    ...l,
    outcome,
    spent: total,
    turns: compat ? null : event.turns,
    sessionId: event.session_id ?? l.sessionId,
    durationMs: event.duration_ms,
    finalText: event.final_text ?? null,
  }))
  // What a replayed run has paid for is not paid for again.
  if (event.replayed === true) return changed
  const session = event.session_id
  const known = session === undefined ? undefined : sessionSpent(changed, session)
  return {
    ...changed,
    spent: addSpent(subtractSpent(changed.spent, seen), total),
    sessions:
      session === undefined || known === undefined
        ? changed.sessions
        : { ...changed.sessions, [session]: addSpent(known, total) },
  }
}

/** Ends a launch, and with it the session that it has shown to be dead: the one it went on with, and the one it was in. */
function buryingSession(
  state: RunState,
  event: LaunchId & AgentMetrics,
  change: (launch: Launch) => Launch,
): RunState {
  const changed = changeLaunch(state, event, change)
  const before = launchOf(state, event)
  const launch = launchOf(changed, event)
  const death = launch === null ? null : deathOf(launch)
  if (death === null) return changed
  const ids = [before?.sessionId, launch?.sessionId].filter((id) => typeof id === 'string')
  const dead = Object.fromEntries(ids.map((id) => [id, death]))
  return { ...changed, deadSessions: { ...changed.deadSessions, ...dead } }
}

function launchOf(state: RunState, id: LaunchId): Launch | null {
  const attempt = lastAttempt(nodeAt(state.root, segments(id.step)))
  return attempt?.launches.find((l) => l.n === id.launch) ?? null
}

/** Once the output was read, the worktree holds the snapshot, or the base when nothing changed. */
function settleContent(state: RunState, step: string): RunState {
  const attempt = lastAttempt(nodeAt(state.root, segments(step)))
  if (attempt === null) return state
  return setContent(state, step, lastLaunch(attempt)?.snapshot?.commit ?? attempt.base)
}

/** Notes what the worktree of a step holds; null: nobody knows. */
function setContent(state: RunState, step: string, content: string | null): RunState {
  const workspace = lastAttempt(nodeAt(state.root, segments(step)))?.workspace
  const known = workspace === undefined ? undefined : state.workspaces[workspace]
  if (workspace === undefined || known === undefined) return state
  return { ...state, workspaces: { ...state.workspaces, [workspace]: { ...known, content } } }
}

/** What a session has used over all launches so far. */
export function sessionSpent(state: RunState, session: string): Spent {
  return (Object.hasOwn(state.sessions, session) ? state.sessions[session] : undefined) ?? nothingSpent
}
