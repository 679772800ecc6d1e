import fc from 'fast-check'
import type { RetryPolicy, Step, Workflow } from '@gump/schema'
import type { Plan } from '../src/plan.js'
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

export function randomOracle(seed: number, bias: number): Oracle {
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

/** A workflow, and how everything in it turns out. */
export interface Scenario {
  readonly steps: Step[]
  readonly seed: number
  /** How often things go wrong, in percent. */
  readonly bias: number
  readonly budget: number | undefined
}

export const anyScenario: fc.Arbitrary<Scenario> = fc.record({
  steps: steps(3),
  seed: fc.integer(),
  bias: fc.integer({ min: 0, max: 40 }),
  budget: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
})

/** The workflow with those that it may call. */
export const planOf = ({ steps }: Scenario): Plan => plan(steps, { judge, work })

export function runScenario(scenario: Scenario): Simulator {
  const { seed, bias, budget } = scenario
  const simulator = new Simulator(planOf(scenario), randomOracle(seed, bias))
  simulator.append(started(budget === undefined ? {} : { limits: { max_budget_usd: budget } }))
  return simulator
}
