import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LedgerEvent } from '@gump/ledger'
import type { RetryPolicy, Step, Workflow } from '@gump/schema'
import type { LaunchEffect } from '../../src/core/effects.js'
import { initialState, reduce } from '../../src/core/reduce.js'
import { type Oracle, Simulator, started, task } from './simulator.js'
import { agentStep, gate, gateStep, group, plan, range, retry, text, workflow } from './workflow-builder.js'

const judge: Workflow = workflow([agentStep('verdict', { type: 'validate' })], 'judge')
const call = { workflow: 'judge', with: {}, range }
const work: Workflow = workflow(
  [agentStep('change', { gates: [gate('test')], retry: retry(2) }), gateStep('check', ['test'])],
  'work',
)

const policy: fc.Arbitrary<RetryPolicy | undefined> = fc.option(
  fc
    .record({
      exit: fc.integer({ min: 1, max: 4 }),
      agentAt: fc.option(fc.integer({ min: 2, max: 4 })),
      resetAt: fc.option(fc.integer({ min: 2, max: 4 })),
      replanAt: fc.option(fc.integer({ min: 2, max: 4 })),
      asks: fc.boolean(),
    })
    .map(({ exit, agentAt, resetAt, replanAt, asks }) =>
      retry(exit, [
        ...(agentAt === null
          ? []
          : [
              {
                condition: { when: 'attempt', attempt: agentAt } as const,
                override: { agent: text('strong') },
              },
            ]),
        ...(resetAt === null
          ? []
          : [
              {
                condition: { when: 'attempt', attempt: resetAt } as const,
                override: { worktree: 'reset' } as const,
              },
            ]),
        ...(replanAt === null
          ? []
          : [
              {
                condition: { when: 'attempt', attempt: replanAt } as const,
                override: { replan: text('splitter') },
              },
            ]),
        ...(asks
          ? [{ condition: { when: 'validate', call } as const, override: { session: 'new' } as const }]
          : []),
      ]),
    ),
  { nil: undefined },
)

const parallel = fc.option(fc.record({ failFast: fc.boolean(), limit: fc.integer({ min: 1, max: 3 }) }), {
  nil: undefined,
})

function names(steps: readonly Step[]): Step[] {
  return steps.map((step, i) => ({ ...step, name: `s${i}` }))
}

const steps: fc.Memo<Step[]> = fc.memo((depth) =>
  fc
    .array(depth <= 1 ? leaf() : fc.oneof({ weight: 3, arbitrary: leaf() }, container(depth - 1)), {
      minLength: 1,
      maxLength: 3,
    })
    .map(names),
)

function leaf(): fc.Arbitrary<Step> {
  return fc
    .record({
      kind: fc.constantFrom('code', 'validate', 'artifact', 'gate'),
      policy,
      gates: fc.integer({ min: 0, max: 2 }),
      validated: fc.boolean(),
      hitl: fc.constantFrom(undefined, undefined, 'before_gate' as const, 'after_gate' as const),
    })
    .map(({ kind, policy, gates, validated, hitl }) => {
      const own = policy === undefined ? {} : { retry: policy }
      if (kind === 'gate') return gateStep('s', ['test'], policy)
      const list = ['compile', 'test'].slice(0, gates).map((name) => gate(name))
      const all = validated ? [...list, gate('judge', { gate: 'validate', call })] : list
      return agentStep('s', {
        type: kind as 'code',
        gates: all,
        ...own,
        ...(hitl === undefined ? {} : { hitl }),
      })
    })
}

function container(depth: number): fc.Arbitrary<Step> {
  return fc
    .record({
      kind: fc.constantFrom('split', 'group', 'repeated group', 'repeated call'),
      inner: steps(depth),
      policy,
      parallel,
    })
    .map(({ kind, inner, policy, parallel }) => {
      const own = {
        ...(policy === undefined ? {} : { retry: policy }),
        ...(parallel === undefined ? {} : { parallel }),
      }
      if (kind === 'split') return agentStep('s', { type: 'split', each: inner, ...own })
      if (kind === 'group') return group('s', inner, { gates: [gate('test')], ...own })
      const over = { ...own, foreach: 'plan' }
      const repeated: Step =
        kind === 'repeated group'
          ? group('build', inner, over)
          : {
              kind: 'workflow',
              name: 'build',
              range,
              gates: [],
              call: { ...call, workflow: 'work' },
              ...over,
            }
      return group('s', [agentStep('plan', { type: 'split' }), repeated])
    })
}

/** A reproducible source of answers, made from one seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed | 1
  return (sides) => {
    state = Math.imul(state ^ (state >>> 15), 2246822519) ^ Math.imul(state ^ (state >>> 13), 3266489917)
    return (state >>> 0) % sides
  }
}

function randomOracle(seed: number, bias: number): Oracle {
  const roll = dice(seed)
  const unlucky = (): boolean => roll(100) < bias
  return {
    launch: () => {
      if (!unlucky()) return 'success'
      return (['error', 'quota', 'guard', 'refused', 'error'] as const)[roll(5)] ?? 'error'
    },
    costUsd: () => roll(50) / 100,
    changes: () => roll(3) > 0,
    tasks: () => Array.from({ length: roll(4) }, (_, i) => task(`t${i}`)),
    verdict: () => !unlucky(),
    output: () => (unlucky() ? 'no output' : null),
    gate: () => (unlucky() ? 'fail' : roll(10) === 0 ? 'skipped' : 'pass'),
    conflict: () => roll(2) === 0,
    ask: () => (unlucky() ? 'retry' : 'continue'),
    edits: () => unlucky(),
    pick: (count) => roll(count),
  }
}

const scenario = fc.record({
  steps: steps(3),
  seed: fc.integer(),
  bias: fc.integer({ min: 0, max: 40 }),
  budget: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
})

function runScenario({
  steps,
  seed,
  bias,
  budget,
}: {
  steps: Step[]
  seed: number
  bias: number
  budget: number | undefined
}) {
  const simulator = new Simulator(plan(steps, { judge, work }), randomOracle(seed, bias))
  simulator.append(started(budget === undefined ? {} : { limits: { max_budget_usd: budget } }))
  return simulator
}

const launchesOf = (events: readonly LedgerEvent[]) =>
  events.flatMap((e) => (e.type === 'agent_launching' ? [e] : []))
const numRuns = process.env['CI'] === undefined ? 150 : 500

describe('for any workflow and any outcomes', () => {
  it('a run ends', () => {
    fc.assert(
      fc.property(scenario, (s) => {
        expect(runScenario(s).run(20_000).state.ended).not.toBeNull()
      }),
      { numRuns },
    )
  })

  it('attempts never exceed exit, and count from one without gaps', () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const { events } = runScenario(s).run(20_000)
        const last = new Map<string, number>()
        for (const event of events) {
          if (event.type !== 'step_started' && event.type !== 'group_started') continue
          if (event.type === 'group_started' && event.each === true) continue
          expect(event.attempt).toBeLessThanOrEqual(event.max_attempts)
          const key = `${event.step}@${event.round}`
          expect(event.attempt).toBe((last.get(key) ?? 0) + 1)
          last.set(key, event.attempt)
        }
      }),
      { numRuns },
    )
  })

  it('no agent is launched after the budget was crossed', () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const { events } = runScenario(s).run(20_000)
        const crossed = events.findIndex((e) => e.type === 'budget_exceeded')
        if (crossed >= 0) expect(launchesOf(events.slice(crossed))).toEqual([])
      }),
      { numRuns },
    )
  })

  it('what was spent is the sum of all launches', () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const { events, state } = runScenario(s).run(20_000)
        const sum = events.reduce(
          (total, e) =>
            e.type === 'agent_completed' || e.type === 'agent_failed' || e.type === 'agent_killed'
              ? total + Math.round(e.usage.cost_usd * 1e6)
              : total,
          0,
        )
        expect(state.spent.microUsd).toBe(sum)
      }),
      { numRuns },
    )
  })

  it('a step starts only after the one before it has passed', () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const { events } = runScenario(s).run(20_000)
        const passed = new Set<string>()
        for (const event of events) {
          if (event.type === 'step_completed' && event.status === 'pass') passed.add(event.step)
          if (event.type !== 'step_started') continue
          const path = event.step.split('/')
          const n = Number(/^s(\d+)$/.exec(path.at(-1) ?? '')?.[1] ?? 0)
          const parallelGroup = events.some(
            (e) =>
              e.type === 'group_started' &&
              e.parallel &&
              e.each !== true &&
              e.step === path.slice(0, -1).join('/'),
          )
          if (n > 0 && !parallelGroup) expect(passed).toContain([...path.slice(0, -1), `s${n - 1}`].join('/'))
        }
      }),
      { numRuns },
    )
  })

  it('reducing a prefix and then the rest is reducing the whole', () => {
    fc.assert(
      fc.property(scenario, fc.nat(), (s, cut) => {
        const { events, state } = runScenario(s).run(20_000)
        const at = cut % (events.length + 1)
        const prefix = events.slice(0, at).reduce(reduce, initialState)
        expect(events.slice(at).reduce(reduce, prefix)).toEqual(state)
      }),
      { numRuns },
    )
  })

  it('a crash anywhere, and resume: the run ends, and nothing that was completed runs again', () => {
    fc.assert(
      fc.property(scenario, fc.nat(), (s, cut) => {
        const whole = runScenario(s).run(20_000)
        const at = 1 + (cut % whole.events.length)
        const crashed = new Simulator(plan(s.steps, { judge, work }), randomOracle(s.seed + 1, 0))
        crashed.append(started())
        for (const { v: _v, seq: _seq, ts: _ts, run_id: _run, ...event } of whole.events.slice(1, at))
          crashed.append(event)
        if (crashed.state.ended !== null) return
        crashed.append({ type: 'run_resumed', owner: 2, retry_failed: false })
        const open = crashed.state.stop === null
        const done = new Map<string, number>()
        for (const e of crashed.events)
          if (e.type === 'step_completed' && e.status === 'pass') done.set(`${e.step}@${e.round}`, e.seq)
        const before = crashed.events.length
        const resumed = crashed.run(20_000)
        expect(resumed.state.ended).not.toBeNull()
        expect(open).toBe(true)
        for (const launch of launchesOf(resumed.events.slice(before))) {
          expect(done.has(`${launch.step}@${launch.round}`)).toBe(false)
        }
      }),
      { numRuns },
    )
  })

  it('no launch is performed twice', () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const { performed } = runScenario(s).run(20_000)
        const ids = performed.filter((e): e is LaunchEffect => e.kind === 'launch').map((e) => e.id)
        expect(new Set(ids).size).toBe(ids.length)
      }),
      { numRuns },
    )
  })

  it('the scenarios reach every kind of event', () => {
    const seen = new Set<string>()
    for (const s of fc.sample(scenario, { numRuns: 400, seed: 7 }))
      for (const e of runScenario(s).run(20_000).events) {
        seen.add(e.type)
        if (e.type !== 'retry_triggered' || e.item === undefined) continue
        seen.add(e.item.startsWith(`${e.step}/`) ? 'own item split again' : 'item around split again')
      }
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'conflict',
        'integrated',
        'agent_parked',
        'guard_triggered',
        'retry_triggered',
        'hitl_resumed',
        'budget_exceeded',
        'own item split again',
        'item around split again',
      ]),
    )
  })
})
