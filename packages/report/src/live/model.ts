import { initialState, isAside, launchOf, type Node, reduce, type RunState } from '@gump/history'
import type { EventOf, LedgerEvent, RunLimits } from '@gump/ledger'
import { costOf, noCost, type Cost } from '../cost.js'
import type { LiveEvent } from './live-event.js'
import { plannedTotal, type PlannedUnit, type Progress } from './progress.js'
import { liveAction, type RunningStep } from './running-step.js'

/** What a terminal shows of a live run. */
export interface LiveState {
  readonly startedAt: number | null
  /** In the order in which they began. */
  readonly running: readonly RunningStep[]
  /** So far, turns in flight included. */
  readonly cost: Cost
  readonly limits: RunLimits
  readonly progress: Progress
  /** The run was asked to stop. */
  readonly cancelling: boolean
  readonly ended: boolean
}

/** The history of a run as it grows, with what its agents do between two lines. */
export interface LiveModel {
  push(event: LedgerEvent): void
  live(event: LiveEvent): void
  state(): LiveState
}

/** @param options - `plan`: the steps of a dry run, for the progress bar. */
export function createLiveModel(options: { readonly plan?: readonly PlannedUnit[] } = {}): LiveModel {
  let run: RunState = initialState
  /** What the display alone tells of steps in progress: the phase, the turn and the action. */
  const running = new Map<string, RunningStep>()

  const change = (step: string, fields: Partial<RunningStep>): void => {
    const known = running.get(step)
    if (known !== undefined) running.set(step, { ...known, ...fields })
  }

  return {
    push(event) {
      run = reduce(run, event)
      if (event.replayed === true && 'usage' in event && event.type !== 'step_completed') return
      switch (event.type) {
        case 'run_resumed':
        case 'history_resumed':
        case 'run_completed':
          running.clear()
          return
        case 'step_started':
          running.set(event.step, starting(event))
          return
        case 'agent_launching':
          return change(event.step, {
            agent: event.agent,
            phase: 'agent',
            turn: 0,
            action: null,
            until: null,
          })
        case 'turn_completed':
          return change(event.step, { turn: event.n, action: null, cost: launchCost(run, event) })
        case 'agent_completed':
        case 'agent_failed':
        case 'agent_killed':
          return change(event.step, { phase: 'collecting', action: null, cost: launchCost(run, event) })
        case 'agent_parked':
          return change(event.step, { phase: 'parked', until: Date.parse(event.until) })
        case 'agent_unparked':
          return change(event.step, { phase: 'starting', until: null })
        case 'gate_started':
          return change(event.step, { phase: 'gate', action: event.gate })
        case 'gate_passed':
        case 'gate_failed':
        case 'gate_skipped':
          return change(event.step, { action: null })
        case 'hitl_paused':
          return change(event.step, { phase: 'paused', action: null })
        case 'hitl_resumed':
          return change(event.step, { phase: 'collecting' })
        case 'step_completed':
          running.delete(event.step)
          return
        default:
      }
    },
    live({ step, event }) {
      const known = running.get(step)
      if (known === undefined) return
      const action = liveAction(event, known.action)
      change(step, { action, turn: known.turn + (event.type === 'turn_started' ? 1 : 0) })
    },
    state: () => ({
      startedAt: run.lastSeq === 0 ? null : run.time.takenUpAt,
      running: [...running.values()],
      cost: costOf(run.spent),
      limits: run.limits,
      progress: progressOf(run, options.plan ?? []),
      cancelling: run.stop?.why === 'cancel' && run.ended === null,
      ended: run.ended !== null,
    }),
  }
}

function starting(event: EventOf<'step_started'>): RunningStep {
  return {
    path: event.step,
    agent: event.agent ?? null,
    attempt: event.attempt,
    maxAttempts: event.max_attempts,
    phase: 'starting',
    since: Date.parse(event.ts),
    turn: 0,
    action: null,
    until: null,
    cost: noCost,
  }
}

function launchCost(
  run: RunState,
  event: EventOf<'turn_completed' | 'agent_completed' | 'agent_failed' | 'agent_killed'>,
): Cost {
  const launch = launchOf(run, event)
  return launch === null ? noCost : costOf(launch.spent)
}

interface Count {
  /** Steps that do something themselves, and those of them that have passed. */
  seen: number
  done: number
  /** By key, the most tasks that a place repeats over. */
  readonly items: Map<string, number>
}

function progressOf(run: RunState, plan: readonly PlannedUnit[]): Progress {
  const count: Count = { seen: 0, done: 0, items: new Map() }
  add(run.root, [], count)
  const planned = plannedTotal(plan, (path) => count.items.get(keyOf(path)) ?? null)
  return { done: count.done, total: Math.max(planned, count.seen) }
}

/** Steps inside validators and context workflows are no steps of the plan. */
function add(node: Node, key: readonly string[], count: Count): void {
  const attempt = node.attempts.at(-1) ?? node.past.at(-1)
  if (attempt?.kind === 'agent' || attempt?.kind === 'gate') {
    count.seen += 1
    if (node.completed?.status === 'pass') count.done += 1
  }
  if (node.known.items !== null) {
    const name = key.join('/')
    count.items.set(name, Math.max(count.items.get(name) ?? 0, node.known.items.length))
  }
  for (const [segment, child] of node.children.entries()) {
    if (isAside(child.is) || child.is === 'resplit') continue
    add(child, [...key, child.is === 'task' ? '*' : segment], count)
  }
}

/** A plan writes `*`, `<task>` or `{task}` for what is known when the run is there. */
function keyOf(path: string): string {
  return path.replaceAll(/(^|\/)(?:<[^/]*>|\{[^/]*\})(?=\/|$)/g, '$1*')
}
