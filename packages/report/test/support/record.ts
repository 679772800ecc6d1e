import { createMemoryLedger, type LedgerEvent, type NewEvent, type Usage } from '@gump/ledger'

/** Records events with a clock that the recording moves: `at(seconds)` before what happens then. */
export interface Recording {
  readonly events: readonly LedgerEvent[]
  at(seconds: number): Recording
  put(...events: NewEvent[]): Recording
}

export const epoch: number = Date.UTC(2026, 2, 23, 18, 42)
const sha256 = 'a'.repeat(64)

export function record(): Recording {
  let now = epoch
  const ledger = createMemoryLedger({
    runId: '0195c3a0-8d3e-7000-8000-5ac0ffee0001',
    clock: { now: () => now },
  })
  const recording: Recording = {
    events: ledger.events,
    at(seconds) {
      now = epoch + seconds * 1000
      return recording
    },
    put(...events) {
      ledger.append(events)
      return recording
    },
  }
  return recording
}

export function usage(cost_usd: number, output = 100, cost_source: Usage['cost_source'] = 'native'): Usage {
  return { tokens: { input: 1000, output, cache_read: 5000, cache_write: 200 }, cost_usd, cost_source }
}

export const nothing: Usage = {
  tokens: { input: 0, output: 0, cache_read: 0, cache_write: 0 },
  cost_usd: 0,
  cost_source: 'native',
}

export function started(workflow: string, more: object = {}): NewEvent {
  return {
    type: 'run_started',
    alias: 'run_2026_03_23_1842',
    workflow: { name: workflow, source: 'built-in', sha256 },
    spec: { path: 'spec.md', sha256 },
    base_commit: 'c0ffee',
    branch: 'gump/run-1',
    user_branch: 'main',
    agents: {},
    limits: {},
    inputs: {},
    options: {
      jobs: 2,
      pause_after: [],
      park: true,
      agent_override: null,
      default_agent: 'claude',
      agent_aliases: {},
      allow_unpriced: false,
      interactive: false,
    },
    gump_version: '0.1.0',
    ...more,
  }
}

interface Where {
  readonly step: string
  readonly round?: number
  readonly attempt?: number
  readonly launch?: number
}

const id = ({ step, round = 1, attempt = 1 }: Where) => ({ step, round, attempt })
const full = (where: Where) => ({ ...id(where), launch: where.launch ?? 1 })
const ref = (path: string) => ({ path, sha256, bytes: 10 })

export function step(
  where: Where & {
    agent?: string
    max?: number
    type?: 'code' | 'split' | 'validate' | 'artifact'
    task?: string
  },
): NewEvent {
  const { agent, max = 1, type = 'code', task } = where
  return {
    type: 'step_started',
    ...id(where),
    ...(agent === undefined ? { kind: 'gate' } : { kind: 'agent', step_type: type, agent }),
    ...(task === undefined ? {} : { task }),
    max_attempts: max,
    base_commit: 'c0ffee',
    workspace: 'run',
  }
}

export function group(
  where: Where & { items?: readonly string[]; each?: boolean; parallel?: boolean; max?: number },
): NewEvent {
  return {
    type: 'group_started',
    ...id(where),
    ...(where.items === undefined ? {} : { items: where.items }),
    ...(where.each === true ? { each: true } : {}),
    parallel: where.parallel ?? false,
    max_attempts: where.max ?? 1,
    base_commit: 'c0ffee',
    workspace: 'run',
  }
}

export function launching(where: Where & { agent: string }): NewEvent {
  return {
    type: 'agent_launching',
    ...full(where),
    agent: where.agent,
    model: `${where.agent}-model`,
    container: 'c-1',
    argv: [where.agent],
    prompt: ref(`artifacts/${where.step}/${where.attempt ?? 1}/prompt.txt`),
    session_mode: 'new',
  }
}

export function turn(
  where: Where & { n: number; usage: Usage; actions?: readonly object[]; label?: string; ms?: number },
): NewEvent {
  return {
    type: 'turn_completed',
    ...full(where),
    n: where.n,
    label: where.label ?? 'coding',
    actions: where.actions ?? [],
    usage: where.usage,
    duration_ms: where.ms ?? 1000,
  } as NewEvent
}

export function completed(where: Where & { usage: Usage; turns?: number; more?: object }): NewEvent {
  return {
    type: 'agent_completed',
    ...full(where),
    usage: where.usage,
    turns: where.turns ?? 1,
    duration_ms: 1000,
    ...where.more,
  }
}

export function tasks(where: Where & { tasks: readonly string[] }): NewEvent {
  return {
    type: 'output_collected',
    ...full(where),
    tasks: where.tasks.map((slug) => ({ slug, name: slug, description: slug })),
    from: 'file',
  }
}

export function passedGate(where: Where & { gate: string }): NewEvent {
  return { type: 'gate_passed', ...id(where), gate: where.gate, duration_ms: 500 }
}

export function failedGate(where: Where & { gate: string; error?: string }): NewEvent {
  return { type: 'gate_failed', ...id(where), gate: where.gate, duration_ms: 500, error: where.error ?? 'no' }
}

export function retry(where: Where & { agent?: string; escalated?: boolean; more?: object }): NewEvent {
  return {
    type: 'retry_triggered',
    ...id(where),
    next_attempt: (where.attempt ?? 1) + 1,
    cause: 'gate',
    reason: 'test failed',
    matched: [],
    ...(where.agent === undefined ? {} : { agent: where.agent }),
    session: 'keep',
    worktree: 'keep',
    escalated: where.escalated ?? false,
    ...where.more,
  }
}

export function done(
  where: Where & {
    kind?: 'agent' | 'gate' | 'group' | 'workflow'
    status?: 'pass' | 'fatal'
    usage?: Usage
    ms: number
    turns?: number
    reason?: string
  },
): NewEvent {
  return {
    type: 'step_completed',
    ...id(where),
    kind: where.kind ?? 'agent',
    status: where.status ?? 'pass',
    commit: 'd00d',
    ...(where.reason === undefined ? {} : { reason: where.reason }),
    duration_ms: where.ms,
    usage: where.usage ?? nothing,
    turns: where.turns ?? 1,
  }
}

export function ended(
  status: 'passed' | 'failed' | 'cancelled' | 'paused',
  total: Usage,
  ms: number,
  more: object = {},
): NewEvent {
  return { type: 'run_completed', status, usage: total, duration_ms: ms, commit: 'd00d', ...more }
}
