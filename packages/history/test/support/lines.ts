import type { AgentMetrics, EventBodies, NewEvent } from '@gump/ledger'

/** Bodies of events as small as they may be, for tests that add what they are about. */
const usage = {
  tokens: { input: 1, output: 1, cache_read: 0, cache_write: 0 },
  cost_usd: 0.01,
  cost_source: 'native',
} as const
const metrics: AgentMetrics = { usage, turns: 1, duration_ms: 1 }
const text = { path: 'p', sha256: 'a'.repeat(64), bytes: 1 }
const at = (step: string) => ({ step, round: 1, attempt: 1 })
const launchAt = (step: string) => ({ ...at(step), launch: 1 })

export const started: NewEvent = {
  type: 'run_started',
  alias: 'run_2026_03_23_1842',
  workflow: { name: 'tdd', source: 'built-in', sha256: text.sha256 },
  spec: null,
  base_commit: 'c0ffee',
  branch: 'gump/run-1',
  user_branch: 'main',
  agents: {},
  limits: {},
  inputs: {},
  options: {
    jobs: 1,
    pause_after: [],
    park: true,
    agent_override: null,
    agent_aliases: {},
    default_agent: 'claude',
    allow_unpriced: false,
    interactive: true,
  },
  gump_version: '0',
}
export const resumed: NewEvent = { type: 'run_resumed', owner: 2, retry_failed: false }
export const ended = (status: EventBodies['run_completed']['status']): NewEvent => ({
  type: 'run_completed',
  status,
  usage,
  duration_ms: 1,
  commit: 'c',
})
export const stepStarted = (step: string, attempt = 1): NewEvent => ({
  type: 'step_started',
  ...at(step),
  attempt,
  kind: 'agent',
  step_type: 'code',
  agent: 'claude',
  max_attempts: 2,
  base_commit: 'c0ffee',
  workspace: 'run',
})
export const stepCompleted = (step: string, attempt = 1): NewEvent => ({
  type: 'step_completed',
  ...at(step),
  attempt,
  kind: 'agent',
  status: 'pass',
  commit: 'c',
  usage,
  turns: 1,
  duration_ms: 1,
})
export const retried = (step: string): NewEvent => ({
  type: 'retry_triggered',
  ...at(step),
  next_attempt: 2,
  cause: 'gate',
  reason: 'test failed',
  matched: [],
  session: 'keep',
  worktree: 'keep',
  escalated: false,
})
export const launching = (step: string): NewEvent => ({
  type: 'agent_launching',
  ...launchAt(step),
  agent: 'claude',
  model: null,
  container: `c-${step}`,
  argv: [],
  prompt: text,
  session_mode: 'new',
})
export const turned = (step: string, n = 1): NewEvent => ({
  type: 'turn_completed',
  ...launchAt(step),
  n,
  label: 'coding',
  actions: [],
  usage,
  duration_ms: 1,
})
export const failed = (step: string): NewEvent => ({
  type: 'agent_failed',
  ...launchAt(step),
  ...metrics,
  cause: 'quota',
  message: 'limit',
})
export const lost = (step: string): NewEvent => ({
  type: 'agent_killed',
  ...launchAt(step),
  ...metrics,
  usage: { ...usage, cost_usd: 0 },
  by: 'lost',
  reason: 'gone',
})
export const parked = (step: string): NewEvent => ({
  type: 'agent_parked',
  ...launchAt(step),
  until: '2026-03-24T00:00:00.000Z',
  reason: 'limit',
})
export const unparked = (step: string): NewEvent => ({ type: 'agent_unparked', ...launchAt(step) })
export const gate = (step: string): NewEvent => ({ type: 'gate_started', ...at(step), gate: 'test' })
export const gated = (step: string): NewEvent => ({
  type: 'gate_passed',
  ...at(step),
  gate: 'test',
  duration_ms: 1,
})
export const asked = (step: string): NewEvent => ({ type: 'hitl_paused', ...at(step), at: 'before_gate' })
export const answered = (step: string): NewEvent => ({
  type: 'hitl_resumed',
  ...at(step),
  at: 'before_gate',
  decision: 'continue',
})
