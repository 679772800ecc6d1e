import type { AttemptId, EventOf } from '@gump/ledger'
import type { Moment } from './moment.js'
import type { Attempt, GateFact, GateRun, Items, Known, Node, Pause } from './node.js'
import { isAside } from './place.js'
import { changeWorkspace } from './reduce-run.js'
import type { RunState } from './state.js'
import {
  attemptOf,
  changeAttempt,
  changeNode,
  goesOn,
  lastAttempt,
  nodeAt,
  reopened,
  segments,
} from './tree.js'

type Begun = Pick<Attempt, 'kind' | 'round' | 'attempt' | 'base' | 'workspace' | 'replayed' | 'seq'> &
  Partial<Pick<Attempt, 'agent' | 'task' | 'stepType' | 'maxAttempts'>>

function newAttempt(begun: Begun, { at, ms }: Moment): Attempt {
  return {
    agent: null,
    named: begun.agent ?? null,
    task: null,
    stepType: null,
    maxAttempts: 1,
    ...begun,
    startedAt: at,
    lastAt: at,
    startedMs: ms,
    lastMs: ms,
    waitedMs: 0,
    launches: [],
    gates: {},
    judged: [],
    pauses: {},
    retry: null,
    completed: null,
  }
}

/** An attempt of a step begins. */
export function startStep(state: RunState, event: EventOf<'step_started'>, moment: Moment): RunState {
  const attempt = newAttempt(
    {
      kind: event.kind,
      stepType: event.step_type ?? null,
      round: event.round,
      attempt: event.attempt,
      maxAttempts: event.max_attempts,
      agent: event.agent ?? null,
      task: event.task ?? null,
      base: event.base_commit,
      workspace: event.workspace,
      replayed: event.replayed === true,
      seq: event.seq,
    },
    moment,
  )
  return changeNode(state, event.step, (node) => startAttempt(node, attempt))
}

/** A launch in a ledger that does not say how its attempt began. */
export function startUnknown(state: RunState, event: EventOf<'agent_launching'>, moment: Moment): RunState {
  if (attemptOf(state, event) !== null) return state
  const { round, attempt, seq } = event
  const begun: Begun = {
    kind: 'agent',
    round,
    attempt,
    base: '',
    workspace: '',
    replayed: event.replayed === true,
    seq,
  }
  return changeNode(state, event.step, (node) => startAttempt(node, newAttempt(begun, moment)))
}

/** The retry of a group names itself what of its inside is entered again. */
function staysInside({
  step,
  item,
  restart_from,
  reopened: paths = [],
}: EventOf<'retry_triggered'>): boolean {
  const isInside = (path: string): boolean => path.startsWith(`${step}/`)
  if (item !== undefined && isInside(item)) return true
  return restart_from !== undefined && paths.length > 0 && paths.every(isInside)
}

/** A further attempt enters its validators and GET workflows again; steps inside a group are reopened by the retry. */
function startAttempt(node: Node, attempt: Attempt): Node {
  const { retry } = lastAttempt(node) ?? { retry: null }
  // When one item was split again, or a step inside is gone back to, the retry has reopened it; the others stay as they are.
  const others = retry !== null && staysInside(retry)
  const isEntered = ({ is }: Node): boolean => !others || isAside(is) || is === 'resplit'
  return {
    ...node,
    children:
      node.attempts.length === 0
        ? node.children
        : node.children.map((child) => (isEntered(child) ? reopened(child) : child)),
    round: attempt.round,
    attempts: [...node.attempts, attempt],
  }
}

/** A group begins, or the tasks of a split that has passed are entered. */
export function startGroup(state: RunState, event: EventOf<'group_started'>, moment: Moment): RunState {
  const { items: names, base_commit: base, parallel } = event
  const items: Items | null = names === undefined ? null : { names, has: new Set(names), base, parallel }
  return changeNode(state, event.step, (node) => {
    const known: Known = { ...node.known, items: names ?? null }
    if (event.each === true) return { ...node, items, known }
    const attempt = newAttempt(
      {
        kind: 'group',
        round: event.round,
        attempt: event.attempt,
        maxAttempts: event.max_attempts,
        base,
        workspace: event.workspace,
        replayed: event.replayed === true,
        seq: event.seq,
      },
      moment,
    )
    return { ...startAttempt(node, attempt), items, known }
  })
}

/** A gate looks at an attempt. */
export function startGate(state: RunState, event: EventOf<'gate_started'>): RunState {
  return changeAttempt(state, event, (attempt) => judge(attempt, event.gate, { started: event }))
}

/** A gate has said what it has to say, or will say nothing. */
export function endGate(
  state: RunState,
  event: EventOf<'gate_passed'> | EventOf<'gate_failed'> | EventOf<'gate_skipped'>,
): RunState {
  return changeAttempt(state, event, (attempt) => ({
    ...judge(attempt, event.gate, { result: event }),
    gates: { ...attempt.gates, [event.gate]: factOf(event) },
  }))
}

function factOf(event: EventOf<'gate_passed'> | EventOf<'gate_failed'> | EventOf<'gate_skipped'>): GateFact {
  switch (event.type) {
    case 'gate_passed':
      return { status: 'pass', error: '', comments: event.comments ?? null }
    case 'gate_failed':
      return { status: 'fail', error: event.error, comments: event.comments ?? null }
    case 'gate_skipped':
      return { status: 'skipped', error: '', comments: null }
  }
}

function judge(attempt: Attempt, name: string, lines: Partial<GateRun>): Attempt {
  const known = attempt.judged.find((run) => run.name === name)
  if (known === undefined) {
    const run: GateRun = { name, started: null, result: null, ...lines }
    return { ...attempt, judged: [...attempt.judged, run] }
  }
  return { ...attempt, judged: attempt.judged.map((run) => (run === known ? { ...run, ...lines } : run)) }
}

/** A person is asked about an attempt. */
export function pauseAttempt(state: RunState, event: EventOf<'hitl_paused'>, { ms }: Moment): RunState {
  return changePause(state, event, () => ({ sinceMs: ms, decision: null, note: null, settled: false }))
}

/** A person has answered. */
export function answerPause(state: RunState, event: EventOf<'hitl_resumed'>, { ms }: Moment): RunState {
  const { decision, note } = event
  const sinceMs = attemptOf(state, event)?.pauses[event.at]?.sinceMs ?? ms
  const waited = changeAttempt(state, event, (attempt) => ({
    ...attempt,
    waitedMs: attempt.waitedMs + Math.max(0, ms - sinceMs),
  }))
  return changePause(waited, event, () => ({ sinceMs, decision, note: note ?? null, settled: false }))
}

/** What the person had changed meanwhile is on record. */
export function settlePause(state: RunState, event: EventOf<'hitl_settled'>): RunState {
  const settled = changePause(state, event, (pause) =>
    pause === undefined ? pause : { ...pause, settled: true },
  )
  return event.edited ? judgedAnew(settled, event) : settled
}

function changePause(
  state: RunState,
  id: AttemptId & { readonly at: 'before_gate' | 'after_gate' },
  change: (pause: Pause | undefined) => Pause | undefined,
): RunState {
  return changeAttempt(state, id, (attempt) => {
    const pause = change(attempt.pauses[id.at])
    return pause === undefined ? attempt : { ...attempt, pauses: { ...attempt.pauses, [id.at]: pause } }
  })
}

/** What a person has changed is judged again: gates that had looked at it before say nothing about it. */
export function judgedAnew(state: RunState, id: AttemptId): RunState {
  const open = changeAttempt(state, id, (attempt) => ({ ...attempt, gates: {} }))
  return changeNode(open, id.step, (node) => ({
    ...node,
    children: node.children.map((child) => (child.is === 'gate_validator' ? reopened(child) : child)),
  }))
}

/** Another attempt is announced, and what it enters again. */
export function announceRetry(state: RunState, event: EventOf<'retry_triggered'>): RunState {
  const marked = changeAttempt(state, event, (attempt) => ({ ...attempt, retry: event }))
  const open = (event.reopened ?? []).reduce(
    (s, path) => changeNode(s, path, path === event.step ? goesOn : reopened),
    marked,
  )
  const { item, replan } = event
  if (item === undefined || replan === undefined) return open
  return changeNode(open, item, (node) => ({ ...node, replan: { agent: replan, reason: event.reason } }))
}

/** A step has ended. */
export function completeStep(state: RunState, event: EventOf<'step_completed'>): RunState {
  const noted = changeAttempt(state, event, (attempt) => ({ ...attempt, completed: event }))
  const { content } = event
  const workspace = lastAttempt(nodeAt(state.root, segments(event.step)))?.workspace
  const left =
    content === undefined || workspace === undefined ? noted : changeWorkspace(noted, workspace, { content })
  return changeNode(left, event.step, (node) => ({
    ...node,
    completed: {
      status: event.status,
      commit: event.commit,
      reason: event.reason ?? null,
      durationMs: event.duration_ms,
    },
  }))
}

/** A branch was merged, and its worktree is free. */
export function integrate(state: RunState, event: EventOf<'integrated'>): RunState {
  const branch = `${event.step}/${event.task}`
  const merged = changeNode(state, branch, (node) => ({ ...node, integrated: event.commit }))
  return changeWorkspace(know(merged, event.step, { merged: true }), branch, { released: true })
}

/** A branch could not be merged: it runs again on top of what it collided with, or stops the run. */
export function collide(state: RunState, event: EventOf<'conflict'>): RunState {
  const branch = `${event.step}/${event.task}`
  const marked = changeNode(state, branch, (node) =>
    event.action === 'rerun'
      ? { ...reopened(node), conflicts: node.conflicts + 1, rerunBase: event.onto }
      : { ...node, conflicts: node.conflicts + 1, conflictsWith: event.onto },
  )
  const { conflicts } = nodeAt(marked.root, segments(event.step)).known
  const counted = know(marked, event.step, { conflicts: conflicts + 1 })
  return changeWorkspace(counted, branch, { released: true })
}

/** Notes what stays known of a node. */
export function know(state: RunState, path: string, facts: Partial<Known>): RunState {
  return changeNode(state, path, (node) => ({ ...node, known: { ...node.known, ...facts } }))
}

/** An attempt lasts until the last thing that is known about it. */
export function touch(state: RunState, id: AttemptId, { at, ms }: Moment): RunState {
  return changeAttempt(state, id, (attempt) => ({ ...attempt, lastAt: at, lastMs: ms }))
}
