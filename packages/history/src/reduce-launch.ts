import type { EventOf, LaunchId } from '@gump/ledger'
import { deathOf } from './dead-session.js'
import type { Moment } from './moment.js'
import type { Launch, LaunchEnd, LaunchOutcome } from './node.js'
import { judgedAnew, startGate, startUnknown } from './reduce-attempt.js'
import { changeWorkspace } from './reduce-run.js'
import {
  addSpent,
  countedTokens,
  launchSpent,
  nothingSpent,
  type Spent,
  spentOf,
  subtractSpent,
  turnSpent,
} from './spent.js'
import type { RunState } from './state.js'
import { changeAttempt, lastAttempt, lastLaunch, launchOf, nodeAt, segments } from './tree.js'

const newLaunch: Omit<Launch, 'n'> = {
  agent: null,
  sessionId: null,
  resumes: false,
  spent: nothingSpent,
  outcome: null,
  lost: false,
  guard: null,
  parkedUntil: null,
  unparked: false,
  snapshot: null,
  output: null,
  durationMs: 0,
  finalText: null,
  byPerson: false,
  launching: null,
  launched: null,
  ended: null,
  guards: [],
}

/** An agent is about to be started; from here on nobody knows what its worktree holds. */
export function beginLaunch(state: RunState, event: EventOf<'agent_launching'>, moment: Moment): RunState {
  const begun = changeLaunch(startUnknown(state, event, moment), event, (launch) => ({
    ...launch,
    agent: event.agent,
    sessionId: event.session_id ?? null,
    resumes: event.session_mode === 'resume',
    launching: event,
  }))
  return setContent(respend(begun, event, launchSpent), event.step, null)
}

/** An agent was started. */
export function noteLaunch(state: RunState, event: EventOf<'agent_launched'>): RunState {
  return changeLaunch(state, event, (launch) => ({ ...launch, launched: event }))
}

/** The session of a launch is known. */
export function noteSession(state: RunState, event: EventOf<'session_started'>): RunState {
  return changeLaunch(state, event, (launch) => ({ ...launch, sessionId: event.session_id }))
}

/** What a turn used counts at once. */
export function addTurn(state: RunState, event: EventOf<'turn_completed'>): RunState {
  const seen = launchOf(state, event)?.spent ?? nothingSpent
  const added = addSpent(seen, turnSpent(event.usage))
  return respend(state, event, { ...added, turns: Math.max(seen.turns, event.n) })
}

/** A guard has ended an attempt. */
export function tripGuard(state: RunState, event: EventOf<'guard_triggered'>): RunState {
  return changeLaunch(state, event, (launch) => ({
    ...launch,
    guard: event,
    guards: [...launch.guards, event],
  }))
}

/** A launch waits for its provider. */
export function parkLaunch(state: RunState, event: EventOf<'agent_parked'>): RunState {
  return changeLaunch(state, event, (launch) => ({ ...launch, parkedUntil: event.until }))
}

/** A launch has waited for its provider. */
export function unparkLaunch(state: RunState, event: EventOf<'agent_unparked'>): RunState {
  return changeLaunch(state, event, (launch) => ({ ...launch, unparked: true }))
}

/** What an attempt has changed is in a commit. */
export function noteSnapshot(state: RunState, event: EventOf<'snapshot_created'>): RunState {
  return event.by === 'person'
    ? takeOver(state, event)
    : changeLaunch(state, event, (launch) => ({ ...launch, snapshot: event }))
}

/** The output of an attempt was read, and its worktree holds what was recorded. */
export function noteOutput(state: RunState, event: EventOf<'output_collected'>): RunState {
  return settleContent(
    changeLaunch(state, event, (launch) => ({ ...launch, output: event })),
    event.step,
  )
}

/** A command of a gate may change the worktree. */
export function beginGate(state: RunState, event: EventOf<'gate_started'>): RunState {
  const begun = startGate(state, event)
  return event.command === undefined ? begun : setContent(begun, event.step, null)
}

function changeLaunch(state: RunState, id: LaunchId, change: (launch: Launch) => Launch): RunState {
  return changeAttempt(state, id, (attempt) => {
    const known = attempt.launches.some((launch) => launch.n === id.launch)
    const launches = known ? attempt.launches : [...attempt.launches, { ...newLaunch, n: id.launch }]
    return { ...attempt, launches: launches.map((l) => (l.n === id.launch ? change(l) : l)) }
  })
}

/** What a launch has used takes the place of what was known of it; what a replayed run has paid for is not paid for again. */
function respend(
  state: RunState,
  event: LaunchId & { readonly replayed?: true },
  spent: Spent,
  seen: Spent = launchOf(state, event)?.spent ?? nothingSpent,
): RunState {
  const changed = changeLaunch(state, event, (launch) => ({ ...launch, spent }))
  if (event.replayed === true || changed === state) return changed
  return { ...changed, spent: addSpent(subtractSpent(changed.spent, seen), spent) }
}

/** A person's edits stand where the agent's work stood; they cost nothing and leave its session as it is. */
function takeOver(state: RunState, event: EventOf<'snapshot_created'>): RunState {
  const edited = changeAttempt(state, event, (attempt) => {
    const last = lastLaunch(attempt)
    if (last === null || last.n >= event.launch) return attempt
    const snapshot = event.files.length === 0 ? null : event
    const launch: Launch = {
      ...last,
      n: event.launch,
      snapshot,
      spent: nothingSpent,
      durationMs: 0,
      byPerson: true,
    }
    return { ...attempt, launches: [...attempt.launches, launch] }
  })
  return settleContent(judgedAnew(edited, event), event.step)
}

/** A launch has ended: the final figures replace the sum of the turns, so that nothing is counted twice. */
export function endLaunch(state: RunState, event: LaunchEnd, { at }: Moment): RunState {
  const seen = launchOf(state, event)?.spent ?? nothingSpent
  const total = finalSpent(event, seen)
  const changed = buryingSession(state, event, (launch) => ({
    ...launch,
    outcome: outcomeOf(event, at),
    ended: event,
    spent: total,
    sessionId: event.session_id ?? launch.sessionId,
    durationMs: event.duration_ms,
    finalText: event.final_text ?? null,
  }))
  if (event.replayed === true || changed === state) return changed
  const spent = addSpent(subtractSpent(changed.spent, seen), total)
  const session = event.session_id
  return {
    ...changed,
    spent,
    sessions:
      session === undefined
        ? changed.sessions
        : changed.sessions.set(session, addSpent(sessionSpent(changed, session), total)),
  }
}

/** A launch that was lost is worth at least what was seen of it. */
function finalSpent(event: LaunchEnd, seen: Spent): Spent {
  const compat = event.compat === true
  const worked = event.type === 'agent_completed' || event.turns > 0 || compat
  const told = spentOf(event.usage, worked)
  const lost = event.type === 'agent_killed' && event.by === 'lost'
  const understated = told.microUsd < seen.microUsd || countedTokens(told) < countedTokens(seen)
  return {
    ...(lost && understated ? seen : told),
    launches: 1,
    turns: Math.max(event.turns, seen.turns),
    uncounted: compat ? 1 : 0,
  }
}

function outcomeOf(event: LaunchEnd, at: number): LaunchOutcome {
  switch (event.type) {
    case 'agent_completed':
      return { kind: 'completed' }
    case 'agent_killed':
      return { kind: 'killed', by: event.by, reason: event.reason }
    case 'agent_failed':
      return {
        kind: 'failed',
        cause: event.cause,
        about: event.kind ?? null,
        message: event.message,
        remedy: event.remedy ?? null,
        sessionRefused: event.session_refused === true,
        limitOf: event.limit_of ?? null,
        retryAt: event.retry_at ?? null,
        endedMs: at,
      }
  }
}

/** Ends a launch, and with it the session that it has shown to be dead: the one it continued with, and the one it was in. */
function buryingSession(state: RunState, id: LaunchId, change: (launch: Launch) => Launch): RunState {
  const changed = changeLaunch(state, id, change)
  const launch = launchOf(changed, id)
  const death = launch === null ? null : deathOf(launch)
  if (death === null) return changed
  const ids = [launchOf(state, id)?.sessionId, launch?.sessionId].filter((s) => typeof s === 'string')
  return {
    ...changed,
    deadSessions: ids.reduce((dead, session) => dead.set(session, death), changed.deadSessions),
  }
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
  return workspace === undefined ? state : changeWorkspace(state, workspace, { content })
}

/** What a session has used over all launches so far. */
export function sessionSpent(state: RunState, session: string): Spent {
  return state.sessions.get(session) ?? nothingSpent
}
