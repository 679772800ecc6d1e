import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AgentStep, Step } from '@gump/schema'
import { initialState, reduce, type RunState } from '@gump/history'
import { decide } from '../src/decide.js'
import type { Plan } from '../src/plan.js'
import { anyScenario, planOf, randomOracle, runScenario, type Scenario } from './any-scenario.js'
import { Simulator, started, task } from './simulator.js'
import { agentStep, gate, group, plan, retry } from './workflow-builder.js'

/** Workflows with lists that are long enough to be recalled. */
const longScenario: fc.Arbitrary<Scenario> = fc
  .record({
    shape: fc.constantFrom('steps', 'tasks', 'branches', 'group', 'items'),
    failFast: fc.boolean(),
    seed: fc.integer(),
    bias: fc.integer({ min: 0, max: 30 }),
  })
  .map(({ shape, failFast, seed, bias }) => ({
    steps: shapes(shape, failFast),
    seed,
    bias,
    budget: undefined,
  }))

function shapes(shape: string, failFast: boolean): Step[] {
  const names = Array.from({ length: 12 }, (_, i) => `s${i}`)
  const work = (name: string): AgentStep =>
    agentStep(name, {
      gates: [gate('test')],
      retry: retry(3, [
        {
          condition: { when: 'attempt', attempt: 2 },
          override: { restartFrom: name === 's9' ? 's2' : name },
        },
      ]),
    })
  const parallel = { failFast, limit: 3 }
  if (shape === 'steps') return names.map(work)
  const each = [agentStep('work', { gates: [gate('test')], retry: retry(2) })]
  if (shape === 'tasks') return [agentStep('plan', { type: 'split', each })]
  if (shape === 'branches') return [agentStep('plan', { type: 'split', each, parallel })]
  if (shape === 'group') return [group('all', names.map(work), { parallel, retry: retry(2) })]
  return [
    agentStep('plan', { type: 'split', each }),
    group('build', each, { foreach: 'plan', parallel, retry: retry(2) }),
  ]
}

/** Runs a scenario with many tasks; every state on the way. */
function states(scenario: Scenario): { readonly plan: Plan; readonly states: readonly RunState[] } {
  const many = Array.from({ length: 11 }, (_, i) => task(`t${i}`))
  const oracle = { ...randomOracle(scenario.seed, scenario.bias), tasks: () => many }
  const simulator = new Simulator(planOf(scenario), oracle)
  simulator.append(started())
  const { events } = simulator.run(2000)
  let state = initialState
  return { plan: planOf(scenario), states: events.map((event) => (state = reduce(state, event))) }
}

describe('what earlier passes have found', () => {
  it('changes nothing: every state is decided as by a pass that recalls nothing', () => {
    fc.assert(
      fc.property(longScenario, (scenario) => {
        const { plan, states: all } = states(scenario)
        for (const state of all) expect(decide(plan, state)).toEqual(decide({ ...plan }, state))
      }),
      { numRuns: 30 },
    )
  })

  it('changes nothing, in whichever order states are decided', () => {
    fc.assert(
      fc.property(longScenario, fc.infiniteStream(fc.nat()), (scenario, order) => {
        const { plan, states: all } = states(scenario)
        for (const n of order.take(60)) {
          const state = all[n % all.length] ?? initialState
          expect(decide(plan, state)).toEqual(decide({ ...plan }, state))
        }
      }),
      { numRuns: 30 },
    )
  })

  it('changes nothing between runs of one plan', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { events, plan } = runScenario(scenario)
        expect(events).toHaveLength(1)
        const [a, b] = [1, 2].map((seed) => {
          const run = new Simulator(plan, randomOracle(seed, 20))
          run.append(started())
          return run
        })
        for (let step = 0; step < 60; step += 1) {
          for (const run of [a, b]) {
            expect(decide(plan, run!.state)).toEqual(decide({ ...plan }, run!.state))
            run!.run(1)
          }
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('a decision looks at what is to be done, however much has been done', () => {
  /** How often the kind of a step is asked for, which each visit does. */
  function visitsPerDecision(make: (steps: (name: string) => AgentStep) => Step[], tasks: number): number {
    let visits = 0
    const counted = (name: string): AgentStep =>
      Object.defineProperty(agentStep(name), 'kind', {
        enumerable: true,
        get: () => {
          visits += 1
          return 'agent'
        },
      })
    const many = Array.from({ length: tasks }, (_, i) => task(`t${i}`))
    const simulator = new Simulator(plan(make(counted)), { tasks: () => many })
    simulator.append(started())
    visits = 0
    const { performed, state } = simulator.run()
    expect(state.ended?.status).toBe('passed')
    return visits / performed.length
  }

  const parallel = { failFast: true }
  it.each([
    [
      'one after the other',
      (n: number) => visitsPerDecision((step) => Array.from({ length: n }, (_, i) => step(`s${i}`)), 0),
    ],
    [
      'as tasks one after the other',
      (n: number) =>
        visitsPerDecision((step) => [agentStep('plan', { type: 'split', each: [step('work')] })], n),
    ],
    [
      'as tasks side by side',
      (n: number) =>
        visitsPerDecision(
          (step) => [agentStep('plan', { type: 'split', each: [step('work')], parallel })],
          n,
        ),
    ],
  ])('%s', (_, visits) => {
    expect(visits(800)).toBeLessThan(1.5 * visits(40))
  })
})
