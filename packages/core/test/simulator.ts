import type { AgentFailureKind, LedgerEvent, NewEvent, TaskRecord, Usage } from '@gump/ledger'
import { decide } from '../src/decide.js'
import type {
  CollectEffect,
  EditsEffect,
  Effect,
  GateEffect,
  IntegrateEffect,
  LaunchEffect,
} from '../src/effects.js'
import type { Plan } from '../src/plan.js'
import { initialState, reduce, type RunState } from '@gump/history'

/** Decides how the world answers; everything not given goes well. */
export interface Oracle {
  launch?(effect: LaunchEffect): 'success' | 'error' | 'auth' | 'quota' | 'guard' | 'refused' | 'killed'
  /** What a failed launch is about. */
  kind?(effect: LaunchEffect): AgentFailureKind | undefined
  turns?(effect: LaunchEffect): number
  /** When the provider says that its quota is there again; by default it says nothing. */
  retryAt?(endedMs: number): string
  costUsd?(effect: LaunchEffect): number
  changes?(effect: CollectEffect): boolean
  tasks?(effect: CollectEffect): readonly TaskRecord[]
  verdict?(effect: CollectEffect): boolean
  output?(effect: CollectEffect): string | null
  gate?(effect: GateEffect): 'pass' | 'fail' | 'skipped'
  conflict?(effect: IntegrateEffect): boolean
  ask?(): 'continue' | 'retry' | 'abort'
  edits?(effect: EditsEffect): boolean
  /** Worktrees are made ready before anything else happens. */
  readonly eager?: boolean
  /** Which of the effects in progress ends next. */
  pick?(count: number): number
}

export interface Simulation {
  readonly state: RunState
  readonly events: readonly LedgerEvent[]
  /** Effects in the order they were performed. */
  readonly performed: readonly Effect[]
  /** Largest number of launches that were in progress at once. */
  readonly peakLaunches: number
}

/** The first event of a run. */
export function started(over: Partial<Extract<NewEvent, { type: 'run_started' }>> = {}): NewEvent {
  return {
    type: 'run_started',
    alias: 'run_2026_01_01_0000',
    workflow: { name: 'w', source: 'w.yaml', sha256: '0' },
    spec: null,
    base_commit: 'base',
    branch: 'gump/run-1',
    user_branch: 'main',
    agents: {},
    limits: {},
    inputs: {},
    options: {
      jobs: 4,
      pause_after: [],
      park: true,
      agent_override: null,
      agent_aliases: {},
      default_agent: 'scripted',
      allow_unpriced: false,
      interactive: true,
    },
    gump_version: '0.0.0',
    ...over,
  }
}

/** Runs the pure core against an oracle, without any shell. */
export class Simulator {
  events: LedgerEvent[] = []
  state: RunState = initialState
  performed: Effect[] = []
  peakLaunches = 0
  private commits = 0

  readonly plan: Plan
  readonly oracle: Oracle

  constructor(plan: Plan, oracle: Oracle = {}) {
    this.plan = plan
    this.oracle = oracle
  }

  append(event: NewEvent): void {
    const seq = this.events.length + 1
    const line = {
      v: 1,
      seq,
      ts: new Date(seq * 1000).toISOString(),
      run_id: 'run-1',
      ...event,
    } as LedgerEvent
    this.events.push(line)
    this.state = reduce(this.state, line)
  }

  /** Continues until nothing is left to do, or for `steps` effects. */
  run(steps = 100_000): Simulation {
    for (let i = 0; i < steps; i++) {
      const effects = decide(this.plan, this.state)
      if (effects.length === 0) break
      this.peakLaunches = Math.max(this.peakLaunches, effects.filter((e) => e.kind === 'launch').length)
      const records = effects.filter((e) => e.kind === 'record')
      const waiting = effects.filter((e) => e.kind !== 'timer')
      const eager = this.oracle.eager === true ? effects.filter((e) => e.kind === 'workspace') : []
      const first = records.length > 0 ? records : eager
      const candidates = first.length > 0 ? first : waiting.length > 0 ? waiting : effects
      const effect = candidates[(this.oracle.pick?.(candidates.length) ?? 0) % candidates.length]
      if (effect === undefined) break
      this.performed.push(effect)
      for (const event of this.perform(effect)) this.append(event)
    }
    return {
      state: this.state,
      events: this.events,
      performed: this.performed,
      peakLaunches: this.peakLaunches,
    }
  }

  private perform(effect: Effect): NewEvent[] {
    switch (effect.kind) {
      case 'record':
        return [effect.event]
      case 'workspace':
        return [
          { type: 'workspace_ready', workspace: effect.workspace, commit: effect.commit, slot: effect.slot },
        ]
      case 'restore':
        return [
          { type: 'workspace_ready', workspace: effect.workspace, commit: effect.commit, slot: effect.slot },
        ]
      case 'edits':
        return this.edits(effect)
      case 'launch':
        return this.launch(effect)
      case 'collect':
        return this.collect(effect)
      case 'gate':
        return this.gate(effect)
      case 'ask':
        return [
          {
            type: 'hitl_resumed',
            step: effect.path,
            round: effect.round,
            attempt: effect.attempt,
            at: effect.at,
            decision: this.oracle.ask?.() ?? 'continue',
          },
        ]
      case 'timer':
        return [effect.event]
      case 'integrate':
        return this.integrate(effect)
      case 'complete':
        return [
          {
            type: 'step_completed',
            step: effect.path,
            round: effect.round,
            attempt: effect.attempt,
            kind: effect.stepKind,
            status: effect.status,
            commit: effect.promote === null ? effect.commit : `${effect.promote}!`,
            ...(effect.reason === null ? {} : { reason: effect.reason }),
            ...(effect.restore === null
              ? {}
              : { content: effect.promote === null ? effect.restore : `${effect.promote}!` }),
            duration_ms: 1,
            usage: usage(0),
            turns: 0,
          },
        ]
    }
  }

  private launch(effect: LaunchEffect): NewEvent[] {
    const id = effect.launch
    const events: NewEvent[] = [
      {
        type: 'agent_launching',
        ...id,
        agent: effect.agent,
        model: null,
        container: effect.id,
        argv: [],
        prompt: { path: 'p', sha256: '0', bytes: 0 },
        session_mode: effect.session.mode,
        ...(effect.session.mode === 'resume' ? { session_id: effect.session.id } : {}),
      },
      { type: 'agent_launched', ...id, pid: 1, pid_start: '1', level: 'embedded', sandbox: 'detected' },
      {
        type: 'session_started',
        ...id,
        session_id: effect.session.mode === 'resume' ? effect.session.id : `s:${effect.id}`,
      },
    ]
    const used = usage(this.oracle.costUsd?.(effect) ?? 0)
    const metrics = { ...id, usage: used, turns: this.oracle.turns?.(effect) ?? 1, duration_ms: 1 }
    const answer = this.oracle.launch?.(effect) ?? 'success'
    if (answer === 'success') return [...events, { type: 'agent_completed', ...metrics }]
    if (answer === 'killed')
      return [...events, { type: 'agent_killed', ...metrics, by: 'cancel', reason: 'cancel' }]
    if (answer === 'guard') {
      return [
        ...events,
        { type: 'guard_triggered', ...id, guard: 'max_turns', reason: 'too many', limit: '1', observed: '2' },
        { type: 'agent_killed', ...metrics, by: 'guard', reason: 'max_turns' },
      ]
    }
    const cause = answer === 'refused' ? 'error' : answer
    const kind = this.oracle.kind?.(effect)
    const endedMs = (this.events.length + events.length + 1) * 1000
    const retryAt = answer === 'quota' ? this.oracle.retryAt?.(endedMs) : undefined
    return [
      ...events,
      {
        type: 'agent_failed',
        ...metrics,
        cause,
        ...(kind === undefined ? {} : { kind }),
        message: answer,
        ...(answer === 'refused' ? { session_refused: true } : {}),
        ...(retryAt === undefined ? {} : { retry_at: retryAt }),
      },
    ]
  }

  private collect(effect: CollectEffect): NewEvent[] {
    const id = effect.launch
    const error = this.oracle.output?.(effect) ?? null
    const events: NewEvent[] = []
    if (effect.mode === 'read-write' && (this.oracle.changes?.(effect) ?? true)) {
      this.commits += 1
      events.push({
        type: 'snapshot_created',
        ...id,
        commit: `c${this.commits}`,
        tree: `t${this.commits}`,
        ref: `refs/${effect.id}`,
        files: [{ path: 'a', status: 'modified', insertions: 1, deletions: 0 }],
        insertions: 1,
        deletions: 0,
        diff: { path: 'd', sha256: '0', bytes: 0 },
      })
    }
    const type = effect.step.type
    events.push({
      type: 'output_collected',
      ...id,
      from: type === 'code' ? 'tree' : 'file',
      ...(error === null ? {} : { error }),
      ...(type === 'split' && error === null
        ? { tasks: this.oracle.tasks?.(effect) ?? [task('one'), task('two')] }
        : {}),
      ...(type === 'validate' ? { verdict: this.oracle.verdict?.(effect) ?? true, comments: 'as seen' } : {}),
    })
    return events
  }

  private gate(effect: GateEffect): NewEvent[] {
    const id = { step: effect.path, round: effect.round, attempt: effect.attempt, gate: effect.gate.name }
    const answer = this.oracle.gate?.(effect) ?? 'pass'
    const begun: NewEvent = { type: 'gate_started', ...id }
    if (answer === 'pass') return [begun, { type: 'gate_passed', ...id, duration_ms: 1 }]
    if (answer === 'skipped') return [begun, { type: 'gate_skipped', ...id, reason: 'nothing to do' }]
    return [begun, { type: 'gate_failed', ...id, duration_ms: 1, error: 'broken' }]
  }

  private edits(effect: EditsEffect): NewEvent[] {
    const { path, round, attempt, at, launch } = effect
    const edited = this.oracle.edits?.(effect) ?? false
    const settled: NewEvent = { type: 'hitl_settled', step: path, round, attempt, at, edited }
    if (!edited || effect.into === 'undo') return [{ ...settled, edited: false }]
    this.commits += 1
    const commit = `e${this.commits}`
    if (effect.into === 'adopt')
      return [
        { type: 'edits_adopted', workspace: effect.workspace, from: effect.subject, to: commit },
        settled,
      ]
    const snapshot: NewEvent = {
      type: 'snapshot_created',
      step: path,
      round,
      attempt,
      launch,
      commit,
      tree: `t${this.commits}`,
      ref: `refs/${effect.id}`,
      files: [{ path: 'a', status: 'modified', insertions: 1, deletions: 0 }],
      insertions: 1,
      deletions: 0,
      diff: { path: 'd', sha256: '0', bytes: 0 },
      by: 'person',
    }
    return [snapshot, settled]
  }

  private integrate(effect: IntegrateEffect): NewEvent[] {
    const place = { step: effect.group, task: effect.task }
    if (effect.ours !== effect.base && this.oracle.conflict?.(effect) === true) {
      return [{ type: 'conflict', ...place, files: ['a'], action: effect.onConflict, onto: effect.ours }]
    }
    this.commits += 1
    const commit = effect.theirs === effect.base ? effect.ours : `m${this.commits}`
    return [{ type: 'integrated', ...place, commit, merged: effect.theirs, base_commit: effect.base }]
  }
}

export function task(slug: string, files?: readonly string[]): TaskRecord {
  return { slug, name: slug, description: slug, ...(files === undefined ? {} : { files }) }
}

export function usage(costUsd: number): Usage {
  return {
    tokens: { input: 0, output: 0, cache_read: 0, cache_write: 0 },
    cost_usd: costUsd,
    cost_source: 'native',
  }
}
