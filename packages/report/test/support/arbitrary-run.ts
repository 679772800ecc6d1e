import type { LedgerEvent, NewEvent, Usage } from '@gump/ledger'
import {
  array,
  boolean,
  constantFrom,
  integer,
  option,
  record as fields,
  string,
  tuple,
  type Arbitrary,
} from 'fast-check'
import {
  done,
  ended,
  failedGate,
  group,
  launching,
  passedGate,
  record,
  retry,
  started,
  step,
  turn,
} from './record.js'

/** A run that makes sense, and what it cost: the sum over its launches in micro-dollars. */
export interface SimulatedRun {
  readonly events: readonly LedgerEvent[]
  readonly microUsd: number
  readonly launches: number
}

const source = constantFrom<Usage['cost_source']>('native', 'estimated', 'unpriced')
const counts = integer({ min: 0, max: 2_000_000 })
const spent: Arbitrary<Usage> = fields({
  tokens: fields({ input: counts, output: counts, cache_read: counts, cache_write: counts }),
  cost_usd: integer({ min: 0, max: 40_000_000 }).map((micro) => micro / 1e6),
  cost_source: source,
})
const agent = constantFrom('claude-opus', 'qwen', 'エージェント', 'a\u001b[31m<b>')

const launch = fields({
  turns: array(spent, { maxLength: 3 }),
  final: spent,
  outcome: constantFrom('completed', 'failed', 'killed', 'open'),
})
const attempt = fields({
  agent,
  launches: array(launch, { maxLength: 3 }),
  gates: array(tuple(string({ unit: 'binary', minLength: 1, maxLength: 8 }), boolean()), { maxLength: 3 }),
  seconds: integer({ min: 0, max: 5000 }),
})
const anyStep = fields({
  task: option(string({ unit: 'binary', minLength: 1, maxLength: 6 })),
  attempts: array(attempt, { minLength: 1, maxLength: 4 }),
  passes: boolean(),
})

/** Runs with hostile names, retries, several launches per attempt, resumes and sudden ends. */
export const simulatedRun: Arbitrary<SimulatedRun> = tuple(
  array(anyStep, { maxLength: 5 }),
  boolean(),
  boolean(),
).map(([steps, finishes, resumes]) => {
  const recording = record().put(started('any\u202e<flow>'))
  let seconds = 0
  let micro = 0
  let launches = 0
  let open = false
  if (steps.some((one) => one.task !== null)) {
    recording.put(group({ step: 'split', items: steps.flatMap((one) => one.task ?? []), each: true }))
  }
  for (const [index, one] of steps.entries()) {
    const path = one.task === null ? `step-${index}` : `split/${one.task.replaceAll('/', '-')}/step-${index}`
    for (const [n, tried] of one.attempts.entries()) {
      const where = { step: path, attempt: n + 1 }
      recording.at((seconds += 1)).put(step({ ...where, agent: tried.agent, max: one.attempts.length }))
      for (const [l, started] of tried.launches.entries()) {
        const at = { ...where, launch: l + 1 }
        launches += 1
        recording.put(launching({ ...at, agent: tried.agent }))
        const turns = started.turns.map((usage, t): NewEvent => turn({ ...at, n: t + 1, usage }))
        recording.at((seconds += tried.seconds / 10)).put(...turns)
        if (started.outcome === 'open') {
          open = true
          micro += started.turns.reduce((sum, usage) => sum + Math.round(usage.cost_usd * 1e6), 0)
        } else {
          micro += Math.round(started.final.cost_usd * 1e6)
          recording.put(outcome(at, started.outcome, started.final, started.turns.length))
        }
      }
      for (const [gate, ok] of tried.gates) {
        recording.put(ok ? passedGate({ ...where, gate }) : failedGate({ ...where, gate, error: gate }))
      }
      const next = one.attempts[n + 1]
      if (next !== undefined)
        recording.put(retry({ ...where, agent: next.agent, escalated: next.agent !== tried.agent }))
      if (resumes && n === 1)
        recording.at((seconds += 1e6)).put({ type: 'run_resumed', owner: 2, retry_failed: false })
    }
    if (finishes || index < steps.length - 1) {
      recording.put(
        done({ step: path, attempt: one.attempts.length, status: one.passes ? 'pass' : 'fatal', ms: 1000 }),
      )
    }
  }
  if (finishes && !open)
    recording.put(ended('passed', { tokens: zero, cost_usd: micro / 1e6, cost_source: 'native' }, 1000))
  return { events: recording.events, microUsd: micro, launches }
})

const zero = { input: 0, output: 0, cache_read: 0, cache_write: 0 }

function outcome(
  where: { step: string; attempt: number; launch: number },
  type: 'completed' | 'failed' | 'killed',
  usage: Usage,
  turns: number,
): NewEvent {
  const metrics = { ...where, round: 1, usage, turns, duration_ms: 1000 }
  if (type === 'completed') return { type: 'agent_completed', ...metrics }
  if (type === 'failed') return { type: 'agent_failed', ...metrics, cause: 'error', message: 'it\nbroke' }
  return { type: 'agent_killed', ...metrics, reason: 'guard', by: 'guard' }
}
