import type { EventOf, LedgerEvent, RunLimits } from '@gump/ledger'
import { addCost, costOf, noCost, turnCost, type Cost } from '../cost.js'
import { stepKey } from '../fold/step-key.js'
import type { LiveEvent } from './live-event.js'
import { isPlanned, plannedTotal, type PlannedUnit, type Progress } from './progress.js'
import { liveAction, type RunningStep } from './running-step.js'

/** What a terminal shows of a run while it goes on. */
export interface LiveState {
  readonly startedAt: number | null
  /** In the order in which they began. */
  readonly running: readonly RunningStep[]
  /** So far, turns in flight included. */
  readonly cost: Cost
  readonly limits: RunLimits
  readonly progress: Progress
  /** Somebody asked the run to stop. */
  readonly cancelling: boolean
  readonly ended: boolean
}

/** Folds ledger events and live events into {@link LiveState}. */
export interface LiveModel {
  push(event: LedgerEvent): void
  live(event: LiveEvent): void
  state(): LiveState
}

/** @param options - `plan`: the steps of a dry run, for the progress bar. */
export function createLiveModel(options: { readonly plan?: readonly PlannedUnit[] } = {}): LiveModel {
  const running = new Map<string, RunningStep>()
  const launches = new Map<string, Cost>()
  const items = new Map<string, readonly string[]>()
  const leaves = new Map<string, boolean>()
  let limits: RunLimits = {}
  let startedAt: number | null = null
  let cancelling = false
  let ended = false

  const change = (step: string, fields: Partial<RunningStep>): void => {
    const known = running.get(step)
    if (known !== undefined) running.set(step, { ...known, ...fields })
  }
  const begin = (event: EventOf<'step_started'>): void => {
    leaves.set(event.step, false)
    running.set(event.step, {
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
    })
  }
  const spend = (event: EventOf<'turn_completed'>): void => {
    if (event.replayed === true) return
    const key = launchKey(event)
    launches.set(key, addCost(launches.get(key) ?? noCost, turnCost(event.usage)))
    change(event.step, { turn: event.n, action: null, cost: launches.get(key) ?? noCost })
  }
  const outcome = (
    event: EventOf<'agent_completed'> | EventOf<'agent_failed'> | EventOf<'agent_killed'>,
  ): void => {
    if (event.replayed === true) return
    const worked = event.type === 'agent_completed' || event.turns > 0 || event.compat === true
    const cost = costOf(event.usage, worked)
    launches.set(launchKey(event), cost)
    change(event.step, { phase: 'collecting', action: null, cost })
  }

  const progress = (): Progress => {
    const seen = [...leaves].filter(([path]) => isPlanned(path))
    const done = seen.filter(([, passed]) => passed).length
    const byKey = new Map<string, number>()
    const itemsOf = (path: string): readonly string[] | null => items.get(path) ?? null
    for (const [path, names] of items) {
      const key = stepKey(path, itemsOf)
      byKey.set(key, Math.max(byKey.get(key) ?? 0, names.length))
    }
    const planned =
      options.plan === undefined
        ? 0
        : plannedTotal(options.plan, (path) => byKey.get(stepKey(path, () => null)) ?? null)
    return { done, total: Math.max(planned, seen.length) }
  }

  return {
    push(event) {
      startedAt ??= Date.parse(event.ts)
      switch (event.type) {
        case 'run_started':
          limits = event.limits
          return
        case 'run_resumed':
          limits = { ...limits, ...event.limits }
          running.clear()
          cancelling = false
          ended = false
          startedAt = Date.parse(event.ts)
          return
        case 'history_resumed':
          running.clear()
          return
        case 'cancel_requested':
          cancelling = true
          return
        case 'run_completed':
          ended = true
          running.clear()
          return
        case 'group_started':
          if (event.items !== undefined) items.set(event.step, event.items)
          return
        case 'step_started':
          return begin(event)
        case 'agent_launching':
          return change(event.step, {
            agent: event.agent,
            phase: 'agent',
            turn: 0,
            action: null,
            until: null,
          })
        case 'turn_completed':
          return spend(event)
        case 'agent_completed':
        case 'agent_failed':
        case 'agent_killed':
          return outcome(event)
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
        case 'retry_triggered':
          for (const path of event.reopened ?? []) leaves.set(path, false)
          return
        case 'step_completed':
          running.delete(event.step)
          if (leaves.has(event.step)) leaves.set(event.step, event.status === 'pass')
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
      startedAt,
      running: [...running.values()],
      cost: [...launches.values()].reduce((sum, cost) => addCost(sum, cost), noCost),
      limits,
      progress: progress(),
      cancelling,
      ended,
    }),
  }
}

function launchKey(event: { step: string; round: number; attempt: number; launch: number }): string {
  return `${event.step} ${event.round}.${event.attempt}.${event.launch}`
}
