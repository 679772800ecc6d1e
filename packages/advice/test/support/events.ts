import { initialState, reduce } from '@gump/history'
import { recordOf, type RunRecord } from '@gump/advice'

type LedgerEvent = Parameters<typeof reduce>[1]

/** Writes the ledger of a run, a second between two lines. */
export interface Ledger {
  line(type: LedgerEvent['type'], body?: object): Ledger
  /** An attempt of an agent, from its start to the end of its launch; `more` goes into its first line. */
  attempt(step: string, agent: string, options?: AttemptOptions): Ledger
  record(): RunRecord
}

interface AttemptOptions {
  readonly n?: number
  readonly round?: number
  readonly usd?: number | null
  readonly model?: string
  readonly replayed?: boolean
  /** How it ends: passes, is followed by another agent, is given up, or not at all. */
  readonly ends?: 'pass' | 'fatal' | 'retry' | 'open'
  readonly type?: 'code' | 'split' | 'validate'
  /** Lines between the end of the launch and the end of the attempt. */
  readonly before?: (ledger: Ledger) => void
}

const usage = (usd: number | null) => ({
  tokens: { input: 10, output: 10, cache_read: 0, cache_write: 0 },
  cost_usd: usd ?? 0,
  cost_source: usd === null ? 'unpriced' : 'native',
})
const text = { path: 'p', sha256: 'a'.repeat(64), bytes: 1 }

/** @param id - of the run, which begins at that many hours of the first of March */
export function ledger(id: number, workflow = 'tdd'): Ledger {
  let seq = 0
  const start = Date.UTC(2026, 2, 1) + id * 3_600_000
  let state = initialState
  const self: Ledger = {
    line(type, body = {}) {
      const event = {
        v: 1,
        seq,
        ts: new Date(start + seq * 1000).toISOString(),
        run_id: `run-${id}`,
        type,
        ...body,
      }
      seq += 1
      state = reduce(state, event as unknown as LedgerEvent)
      return self
    },
    attempt(step, agent, options = {}) {
      const { n = 1, round = 1, usd = 1, ends = 'pass', type = 'code', replayed, model } = options
      const at = { step, round, attempt: n, ...(replayed === true ? { replayed } : {}) }
      self.line('step_started', {
        ...at,
        kind: 'agent',
        step_type: type,
        agent,
        max_attempts: 9,
        base_commit: 'c',
        workspace: 'run',
      })
      self.line('agent_launching', {
        ...at,
        launch: 1,
        agent,
        model: model ?? null,
        container: `${step}-${n}`,
        argv: [],
        prompt: text,
        session_mode: 'new',
      })
      self.line('agent_completed', { ...at, launch: 1, usage: usage(usd), turns: 1, duration_ms: 1000 })
      options.before?.(self)
      if (ends === 'retry') {
        self.line('retry_triggered', {
          ...at,
          next_attempt: n + 1,
          cause: 'gate',
          reason: 'test failed',
          matched: [],
          session: 'new',
          worktree: 'keep',
          escalated: false,
        })
      } else if (ends !== 'open') {
        self.line('step_completed', {
          ...at,
          kind: 'agent',
          status: ends,
          commit: 'c',
          duration_ms: 1000,
          usage: usage(usd),
          turns: 1,
        })
      }
      return self
    },
    record: () => recordOf(state),
  }
  return self.line('run_started', {
    alias: `alias-${id}`,
    workflow: { name: workflow, source: 'built-in', sha256: 'a' },
    spec: null,
    base_commit: 'c',
    branch: 'b',
    user_branch: null,
    agents: {},
    limits: {},
    inputs: {},
    options: {
      jobs: 1,
      pause_after: [],
      park: true,
      agent_override: null,
      default_agent: 'claude',
      agent_aliases: {},
    },
    gump_version: '1',
  })
}

export function end(run: Ledger, status: 'passed' | 'failed' | 'cancelled' | 'paused' = 'passed'): RunRecord {
  return run.line('run_completed', { status, usage: usage(1), duration_ms: 60_000, commit: 'c' }).record()
}
