import type { AttemptId, LedgerEvent } from '@gump/ledger'
import type { Attempt, GateFact, Node, RunState } from './state.js'
import { changeNode, goesOn, lastAttempt, nodeAt, reopened, segments } from './tree.js'

/**
 * Events of attempts: their start, gates, pauses, retries and the end of the step.
 *
 * @param ms - when, without the time between sessions
 */
export function reduceAttempt(state: RunState, event: LedgerEvent, ms: number): RunState {
  switch (event.type) {
    case 'step_started':
      return changeNode(state, event.step, (node) =>
        startAttempt(node, {
          kind: event.kind,
          round: event.round,
          attempt: event.attempt,
          agent: event.agent ?? null,
          task: event.task ?? null,
          base: event.base_commit,
          workspace: event.workspace,
          startedMs: ms,
        }),
      )
    case 'group_started':
      return changeNode(state, event.step, (node) => startGroup(node, event, ms))
    case 'gate_passed':
      return gateFact(state, event, event.gate, {
        status: 'pass',
        error: '',
        comments: event.comments ?? null,
      })
    case 'gate_failed':
      return gateFact(state, event, event.gate, {
        status: 'fail',
        error: event.error,
        comments: event.comments ?? null,
      })
    case 'gate_skipped':
      return gateFact(state, event, event.gate, { status: 'skipped', error: '', comments: null })
    case 'hitl_paused':
      return changeAttempt(state, event, (a) => ({
        ...a,
        pauses: { ...a.pauses, [event.at]: { sinceMs: ms, decision: null, note: null, settled: false } },
      }))
    case 'hitl_resumed':
      return changeAttempt(state, event, (a) => answered(a, event, ms))
    case 'hitl_settled':
      return settle(state, event)
    case 'retry_triggered': {
      const marked = changeAttempt(state, event, (a) => ({ ...a, retry: event }))
      const open = (event.reopened ?? []).reduce(
        (s, path) => changeNode(s, path, path === event.step ? goesOn : reopened),
        marked,
      )
      const { item, replan } = event
      if (item === undefined || replan === undefined) return open
      return changeNode(open, item, (node) => ({ ...node, replan: { agent: replan, reason: event.reason } }))
    }
    case 'step_completed':
      return changeNode(withContent(state, event), event.step, (node) => ({
        ...node,
        completed: {
          status: event.status,
          commit: event.commit,
          reason: event.reason ?? null,
          durationMs: event.duration_ms,
        },
      }))
    case 'integrated':
      return changeNode(state, `${event.step}/${event.task}`, (node) => ({
        ...node,
        integrated: event.commit,
      }))
    case 'conflict':
      return changeNode(state, `${event.step}/${event.task}`, (node) =>
        event.action === 'rerun'
          ? { ...reopened(node), conflicts: node.conflicts + 1, rerunBase: event.onto }
          : { ...node, conflicts: node.conflicts + 1, conflictsWith: event.onto },
      )
    default:
      return state
  }
}

type NewAttempt = Omit<Attempt, 'waitedMs' | 'launches' | 'gates' | 'pauses' | 'retry'>

type Retry = NonNullable<Attempt['retry']>

/** The retry of a group names itself what of its inside is entered again. */
function staysInside({ step, item, restart_from, reopened: paths = [] }: Retry): boolean {
  const isInside = (path: string): boolean => path.startsWith(`${step}/`)
  if (item !== undefined && isInside(item)) return true
  return restart_from !== undefined && paths.length > 0 && paths.every(isInside)
}

/** A further attempt enters its validators and GET workflows anew; steps inside a group are reopened by the retry. */
function startAttempt(node: Node, attempt: NewAttempt): Node {
  const previous = node.attempts.at(-1)
  // When one item was split again, or a step inside is gone back to, the retry has reopened it; the others stay as they are.
  const others = previous?.retry !== null && previous?.retry !== undefined && staysInside(previous.retry)
  const isEntered = (name: string): boolean => previous !== undefined && (!others || name.includes('.'))
  const children = Object.fromEntries(
    Object.entries(node.children).map(([name, child]) => [name, isEntered(name) ? reopened(child) : child]),
  )
  return {
    ...node,
    children,
    round: attempt.round,
    attempts: [
      ...node.attempts,
      { ...attempt, waitedMs: 0, launches: [], gates: {}, pauses: {}, retry: null },
    ],
  }
}

function startGroup(node: Node, event: Extract<LedgerEvent, { type: 'group_started' }>, ms: number): Node {
  const items = event.items ? { names: event.items, base: event.base_commit, parallel: event.parallel } : null
  if (event.each === true) return { ...node, items }
  const started = startAttempt(node, {
    kind: 'group',
    round: event.round,
    attempt: event.attempt,
    agent: null,
    task: null,
    base: event.base_commit,
    workspace: event.workspace,
    startedMs: ms,
  })
  return { ...started, items }
}

function answered(
  attempt: Attempt,
  event: Extract<LedgerEvent, { type: 'hitl_resumed' }>,
  ms: number,
): Attempt {
  const { at, decision, note } = event
  const sinceMs = attempt.pauses[at]?.sinceMs ?? ms
  return {
    ...attempt,
    waitedMs: attempt.waitedMs + Math.max(0, ms - sinceMs),
    pauses: { ...attempt.pauses, [at]: { sinceMs, decision, note: note ?? null, settled: false } },
  }
}

function settle(state: RunState, event: Extract<LedgerEvent, { type: 'hitl_settled' }>): RunState {
  const settled = changeAttempt(state, event, (a) => {
    const pause = a.pauses[event.at]
    if (pause === undefined) return a
    return { ...a, pauses: { ...a.pauses, [event.at]: { ...pause, settled: true } } }
  })
  return event.edited ? judgedAnew(settled, event) : settled
}

/** What a person has changed is judged anew: gates that had looked at it before say nothing about it. */
export function judgedAnew(state: RunState, id: AttemptId): RunState {
  const open = changeAttempt(state, id, (a) => ({ ...a, gates: {} }))
  return changeNode(open, id.step, (node) => ({
    ...node,
    children: Object.fromEntries(
      Object.entries(node.children).map(([name, child]) => [
        name,
        name.startsWith('gate.') ? reopened(child) : child,
      ]),
    ),
  }))
}

function withContent(state: RunState, event: Extract<LedgerEvent, { type: 'step_completed' }>): RunState {
  const workspace = lastAttempt(nodeAt(state.root, segments(event.step)))?.workspace
  const known = workspace === undefined ? undefined : state.workspaces[workspace]
  if (event.content === undefined || workspace === undefined || known === undefined) return state
  return { ...state, workspaces: { ...state.workspaces, [workspace]: { ...known, content: event.content } } }
}

function gateFact(state: RunState, id: AttemptId, gate: string, fact: GateFact): RunState {
  return changeAttempt(state, id, (a) => ({ ...a, gates: { ...a.gates, [gate]: fact } }))
}

/** Changes the attempt the event names; an event about an attempt that is not current changes nothing. */
export function changeAttempt(
  state: RunState,
  id: AttemptId,
  change: (attempt: Attempt) => Attempt,
): RunState {
  const current = lastAttempt(nodeAt(state.root, segments(id.step)))
  if (current === null || current.round !== id.round || current.attempt !== id.attempt) return state
  return changeNode(state, id.step, (node) => ({
    ...node,
    attempts: [...node.attempts.slice(0, -1), change(current)],
  }))
}
