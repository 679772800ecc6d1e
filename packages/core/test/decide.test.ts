import { describe, expect, it } from 'vitest'
import type { EventOf, LedgerEvent, NewEvent } from '@gump/ledger'
import type { Step, Workflow } from '@gump/schema'
import { type Oracle, Simulator, started, task } from './simulator.js'
import { agentStep, gate, gateStep, group, plan, range, retry, text, workflow } from './workflow-builder.js'

function simulate(
  steps: readonly Step[],
  oracle: Oracle = {},
  first: Partial<Extract<NewEvent, { type: 'run_started' }>> = {},
  others: Readonly<Record<string, Workflow>> = {},
) {
  const simulator = new Simulator(plan(steps, others), oracle)
  simulator.append(started(first))
  const simulation = simulator.run()
  return { simulator, ...simulation, end: simulation.state.ended }
}

const launches = (s: { performed: readonly { kind: string }[] }) =>
  s.performed.flatMap((e) => (e.kind === 'launch' ? [e as import('../src/effects.js').LaunchEffect] : []))

/** From the failure that parked a launch until it may continue. */
function parkedMs(events: readonly LedgerEvent[], parked: EventOf<'agent_parked'>): number {
  const failed = events.find((e) => e.type === 'agent_failed' && e.launch === parked.launch)
  return Date.parse(parked.until) - Date.parse(failed?.ts ?? '')
}

describe('a sequence', () => {
  it('runs steps from top to bottom, each on the commit of the one before', () => {
    const s = simulate([agentStep('a'), agentStep('b'), gateStep('quality', ['test'])])
    expect(s.end?.status).toBe('passed')
    expect(launches(s).map((l) => [l.path, l.base])).toEqual([
      ['a', 'base'],
      ['b', 'c1!'],
    ])
    expect(s.end?.commit).toBe('c2!')
  })

  it('stops at a step whose last attempt failed', () => {
    const s = simulate([agentStep('a'), agentStep('b')], { launch: () => 'error' })
    expect(s.end).toMatchObject({ status: 'failed', step: 'a' })
    expect(launches(s)).toHaveLength(1)
  })

  it('fails a step that changed nothing where it expects changes', () => {
    const s = simulate([agentStep('a', { expect: 'changes', gates: [gate('test')] })], {
      changes: () => false,
    })
    expect(s.end).toMatchObject({
      status: 'failed',
      reason: 'nothing was changed, and the step expects changes',
    })
    expect(s.performed.filter(({ kind }) => kind === 'gate')).toEqual([])
  })

  it('adds no commit for a step that changed nothing', () => {
    const s = simulate([agentStep('a')], { changes: () => false })
    expect(s.end).toMatchObject({ status: 'passed', commit: 'base' })
  })
})

describe('a validator that waits for the other gates', () => {
  const call = { workflow: 'judge', with: {}, range }
  const judge = workflow([agentStep('look', { type: 'validate' })])
  const gates = [
    { name: 'judge', gate: 'validate', call, when: 'others_pass', range } as const,
    gate('test'),
    gate('lint'),
  ]
  const order = (s: ReturnType<typeof simulate>): readonly string[] =>
    s.simulator.events.flatMap((e) =>
      e.type === 'gate_passed' || e.type === 'gate_failed' || e.type === 'gate_skipped'
        ? [`${e.gate} ${e.type}`]
        : [],
    )

  it('runs after them, wherever it stands', () => {
    const s = simulate([agentStep('a', { gates })], {}, {}, { judge })
    expect(s.end?.status).toBe('passed')
    expect(order(s)).toEqual(['test gate_passed', 'lint gate_passed', 'judge gate_passed'])
  })

  it('is skipped, and costs nothing, when one of them failed', () => {
    const s = simulate(
      [agentStep('a', { gates })],
      { gate: (e) => (e.gate.name === 'test' ? 'fail' : 'pass') },
      {},
      { judge },
    )
    expect(s.end?.status).toBe('failed')
    expect(order(s)).toEqual(['test gate_failed', 'lint gate_passed', 'judge gate_skipped'])
    expect(launches(s).map(({ path }) => path)).toEqual(['a'])
  })
})

describe('retry', () => {
  it('keeps session and worktree, then escalates with a new session', () => {
    const step = agentStep('a', {
      gates: [gate('test')],
      retry: retry(3, [
        { condition: { when: 'attempt', attempt: 3 }, override: { agent: text('claude-opus') } },
      ]),
    })
    const agents = {
      scripted: { adapter: 'scripted', cli: null, version: null, model: null, resume: true },
      'claude-opus': { adapter: 'claude', cli: null, version: null, model: null, resume: true },
    }
    const s = simulate([step], { gate: (e) => (e.attempt === 3 ? 'pass' : 'fail') }, { agents })
    expect(s.end?.status).toBe('passed')
    expect(launches(s).map((l) => [l.agent, l.session.mode, l.tree])).toEqual([
      ['scripted', 'new', { to: 'commit', commit: 'base', mode: 'reset' }],
      ['scripted', 'resume', { to: 'commit', commit: 'c1', mode: 'reset' }],
      ['claude-opus', 'new', { to: 'commit', commit: 'c2', mode: 'reset' }],
    ])
  })

  it('never makes more attempts than exit allows', () => {
    const s = simulate([agentStep('a', { gates: [gate('test')], retry: retry(4) })], { gate: () => 'fail' })
    expect(launches(s)).toHaveLength(4)
    expect(s.end).toMatchObject({ status: 'failed', step: 'a', reason: 'gate test failed' })
  })

  it('undoes what a tripped guard stopped, and lets no gate turn it into a pass', () => {
    const step = agentStep('a', { gates: [gate('test')], retry: retry(2) })
    const s = simulate([step], { launch: (l) => (l.launch.attempt === 1 ? 'guard' : 'success') })
    expect(s.performed.filter((e) => e.kind === 'gate')).toHaveLength(1)
    expect(launches(s)[1]?.tree).toEqual({ to: 'commit', commit: 'base', mode: 'reset' })
  })

  it('asks a validator before it applies an entry', () => {
    const judge = workflow([agentStep('verdict', { type: 'validate' })], 'judge')
    const step = agentStep('a', {
      gates: [gate('test')],
      retry: retry(2, [
        {
          condition: { when: 'validate', call: { workflow: 'judge', with: {}, range } },
          override: { worktree: 'reset' },
        },
      ]),
    })
    const s = simulate([step], { gate: (e) => (e.attempt === 2 ? 'pass' : 'fail') }, {}, { judge })
    expect(s.end?.status).toBe('passed')
    expect(launches(s).map((l) => l.path)).toEqual(['a', 'a/retry.1/verdict', 'a'])
    expect(launches(s)[2]?.tree).toEqual({ to: 'commit', commit: 'base', mode: 'reset' })
  })

  it('goes back to an earlier step and enters everything in between again', () => {
    const fix = agentStep('check', {
      gates: [gate('test')],
      retry: retry(2, [{ condition: { when: 'attempt', attempt: 2 }, override: { restartFrom: 'a' } }]),
    })
    const s = simulate([agentStep('a'), agentStep('b'), fix], {
      gate: (e) => (e.attempt === 2 ? 'pass' : 'fail'),
    })
    expect(launches(s).map((l) => [l.path, l.launch.round, l.launch.attempt, l.base])).toEqual([
      ['a', 1, 1, 'base'],
      ['b', 1, 1, 'c1!'],
      ['check', 1, 1, 'c2!'],
      ['a', 2, 1, 'base'],
      ['b', 2, 1, 'c4!'],
      ['check', 1, 2, 'c5!'],
    ])
    expect(s.end?.status).toBe('passed')
  })
})

describe('outcomes that burn no attempt', () => {
  it('parks on a quota and launches again when the time has come', () => {
    const s = simulate([agentStep('a')], { launch: (l) => (l.launch.launch === 1 ? 'quota' : 'success') })
    expect(s.end?.status).toBe('passed')
    expect(s.events.map((e) => e.type)).toContain('agent_unparked')
    expect(launches(s).map((l) => [l.launch.attempt, l.launch.launch])).toEqual([
      [1, 1],
      [1, 2],
    ])
  })

  it('waits longer and longer for a provider whose own times do not come true', () => {
    const s = simulate([agentStep('a')], {
      launch: (l) => (l.launch.launch < 10 ? 'quota' : 'success'),
      retryAt: () => new Date(0).toISOString(),
    })
    const waits = s.events.flatMap((e) => (e.type === 'agent_parked' ? [parkedMs(s.events, e)] : []))
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
  })

  it('does as the provider says when that is later', () => {
    const s = simulate([agentStep('a')], {
      launch: (l) => (l.launch.launch < 3 ? 'quota' : 'success'),
      retryAt: (endedMs) => new Date(endedMs + 45_000).toISOString(),
    })
    const waits = s.events.flatMap((e) => (e.type === 'agent_parked' ? [parkedMs(s.events, e)] : []))
    expect(waits).toEqual([45_000, 45_000])
  })

  it('tries a provider that cannot be reached again and again, in the same attempt', () => {
    const s = simulate([agentStep('a')], {
      launch: (l) => (l.launch.launch < 4 ? 'error' : 'success'),
      kind: () => 'network',
    })
    expect(s.end?.status).toBe('passed')
    expect(launches(s).map((l) => [l.launch.attempt, l.launch.launch])).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [1, 4],
    ])
    const waits = s.events.flatMap((e) => (e.type === 'agent_parked' ? [parkedMs(s.events, e)] : []))
    expect(waits).toEqual([5000, 10_000, 20_000])
  })

  it('stops the run when a provider stays out of reach, and spends no attempt', () => {
    const s = simulate([agentStep('a', { retry: retry(3) })], {
      launch: () => 'error',
      kind: () => 'network',
    })
    expect(launches(s)).toHaveLength(7)
    expect(launches(s).every((l) => l.launch.attempt === 1)).toBe(true)
    expect(s.events.map((e) => e.type)).toContain('circuit_breaker')
    expect(s.events.filter((e) => e.type === 'retry_triggered')).toEqual([])
    expect(s.end?.status).toBe('failed')
  })

  it('stops at once where a run does not park, and continues in the same attempt', () => {
    let reachable = false
    const options = {
      jobs: 1,
      pause_after: [],
      park: false,
      agent_override: null,
      agent_aliases: {},
      default_agent: 'scripted',
      allow_unpriced: false,
      interactive: true,
    }
    const s = simulate(
      [agentStep('a', { retry: retry(3) })],
      { launch: () => (reachable ? 'success' : 'error'), kind: () => 'network' },
      { options },
    )
    expect(launches(s)).toHaveLength(1)
    expect(s.events.filter((e) => e.type === 'agent_parked' || e.type === 'retry_triggered')).toEqual([])
    expect(s.events.map((e) => e.type)).toContain('circuit_breaker')
    expect(s.end).toMatchObject({ status: 'failed' })
    reachable = true
    s.simulator.append({ type: 'run_resumed', owner: 2, retry_failed: true })
    const resumed = s.simulator.run()
    expect(resumed.state.ended?.status).toBe('passed')
    expect(launches(resumed).at(-1)?.launch).toMatchObject({ attempt: 1, launch: 2 })
  })

  it('starts counting again when a person continues, in the same attempt', () => {
    const s = simulate([agentStep('a')], {
      launch: (l) => (l.launch.launch < 10 ? 'error' : 'success'),
      kind: () => 'network',
    })
    expect(s.end?.status).toBe('failed')
    s.simulator.append({ type: 'run_resumed', owner: 2, retry_failed: true })
    const resumed = s.simulator.run()
    expect(resumed.state.ended?.status).toBe('passed')
    expect(launches(resumed).at(-1)?.launch).toMatchObject({ attempt: 1, launch: 10 })
    const waits = resumed.events.flatMap((e) =>
      e.type === 'agent_parked' ? [parkedMs(resumed.events, e)] : [],
    )
    expect(waits.slice(-2)).toEqual([5000, 10_000])
  })

  it('fails an attempt that refuses a session nobody asked for', () => {
    const s = simulate([agentStep('a')], { launch: () => 'refused' })
    expect(launches(s)).toHaveLength(1)
    expect(s.end).toMatchObject({ status: 'failed', step: 'a' })
  })

  it('stops the run on a sign-in problem, and resume launches the same attempt', () => {
    let signedIn = false
    const s = simulate([agentStep('a')], { launch: () => (signedIn ? 'success' : 'auth') })
    expect(s.end).toMatchObject({ status: 'failed', reason: 'auth' })
    signedIn = true
    s.simulator.append({ type: 'run_resumed', owner: 2, retry_failed: true })
    expect(s.simulator.run().state.ended?.status).toBe('passed')
    expect(launches(s.simulator).at(-1)?.launch).toMatchObject({ round: 1, attempt: 1, launch: 2 })
  })

  it('starts a new session in the same attempt when the provider refuses one', () => {
    const steps = [agentStep('a'), agentStep('b', { session: { mode: 'from', step: 'a', range } })]
    const s = simulate(steps, { launch: (l) => (l.session.mode === 'resume' ? 'refused' : 'success') })
    expect(launches(s).map((l) => [l.path, l.launch.launch, l.session.mode])).toEqual([
      ['a', 1, 'new'],
      ['b', 1, 'resume'],
      ['b', 2, 'new'],
    ])
    expect(s.end?.status).toBe('passed')
  })
})

describe('a split', () => {
  const each = [agentStep('impl', { gates: [gate('test')] })]

  it('works on its tasks one after the other', () => {
    const s = simulate([agentStep('plan', { type: 'split', each }), gateStep('quality', ['test'])])
    expect(launches(s).map((l) => [l.path, l.base])).toEqual([
      ['plan', 'base'],
      ['plan/one/impl', 'base'],
      ['plan/two/impl', 'c1!'],
    ])
    expect(s.end).toMatchObject({ status: 'passed', commit: 'c2!' })
  })

  it('works on them side by side and merges in their order', () => {
    const split = agentStep('plan', { type: 'split', each, parallel: { failFast: false } })
    const s = simulate([split], { pick: (n) => n - 1 })
    expect(s.events.flatMap((e) => (e.type === 'integrated' ? [e.task] : []))).toEqual(['one', 'two'])
    expect(s.end?.status).toBe('passed')
  })

  it('runs a branch again on top of the others when it conflicts', () => {
    const split = agentStep('plan', { type: 'split', each, parallel: { failFast: false } })
    const s = simulate([split], { conflict: () => true })
    expect(s.end?.status).toBe('passed')
    const again = launches(s).at(-1)
    expect(again?.path).toBe('plan/two/impl')
    expect(again?.base).toBe(s.events.find((e) => e.type === 'integrated')?.commit)
  })

  it('keeps what the others made when one fails, and resume runs only that one', () => {
    const split = agentStep('plan', { type: 'split', each, parallel: { failFast: false } })
    const tasks = ['a', 'b', 'c', 'd'].map((name) => task(name))
    let broken = true
    const s = simulate([split], {
      tasks: () => tasks,
      gate: (e) => (broken && e.path.includes('/b/') ? 'fail' : 'pass'),
    })
    expect(s.end).toMatchObject({ status: 'failed', step: 'plan/b/impl' })
    expect(launches(s)).toHaveLength(5)
    broken = false
    s.simulator.append({ type: 'run_resumed', owner: 2, retry_failed: true })
    const resumed = s.simulator.run()
    expect(resumed.state.ended?.status).toBe('passed')
    expect(
      launches(resumed)
        .slice(5)
        .map((l) => l.path),
    ).toEqual(['plan/b/impl'])
    expect(resumed.events.flatMap((e) => (e.type === 'integrated' ? [e.task] : []))).toEqual([
      'a',
      'b',
      'c',
      'd',
    ])
  })

  it('never has more branches going than the limit', () => {
    const split = agentStep('plan', { type: 'split', each, parallel: { failFast: false, limit: 3 } })
    const tasks = Array.from({ length: 20 }, (_, i) => task(`t${i}`))
    const s = simulate([split], { tasks: () => tasks, eager: true })
    expect(s.peakLaunches).toBe(3)
    const slots = s.events.flatMap((e) => (e.type === 'workspace_ready' && e.slot !== null ? [e.slot] : []))
    expect(Math.max(...slots)).toBe(3)
    expect(s.end?.status).toBe('passed')
  })

  it('passes when there is nothing to do', () => {
    const s = simulate([agentStep('plan', { type: 'split', each })], { tasks: () => [] })
    expect(s.end?.status).toBe('passed')
  })
})

describe('groups', () => {
  it('runs the whole group again when its gate fails', () => {
    const g = group('g', [agentStep('a'), agentStep('b')], { gates: [gate('test')], retry: retry(2) })
    const s = simulate([g], { gate: (e) => (e.attempt === 2 ? 'pass' : 'fail') })
    expect(launches(s).map((l) => [l.path, l.launch.round, l.base])).toEqual([
      ['g/a', 1, 'base'],
      ['g/b', 1, 'c1!'],
      ['g/a', 2, 'c2!'],
      ['g/b', 2, 'c3!'],
    ])
    expect(s.end?.status).toBe('passed')
  })

  it('runs steps side by side', () => {
    const g = group('g', [agentStep('a'), agentStep('b')], { parallel: { failFast: false } })
    const s = simulate([g, agentStep('c')], { eager: true })
    expect(s.peakLaunches).toBe(2)
    expect(launches(s).at(-1)?.base).toMatch(/^m/)
    expect(s.end?.status).toBe('passed')
  })
})

describe('validators', () => {
  const review = workflow([agentStep('verdict', { type: 'validate' })], 'validators/arch-review')
  const others = { 'validators/arch-review': review }
  const call = { workflow: 'validators/arch-review', with: {}, range }

  it('judges an attempt with a workflow and brings its comments back', () => {
    const step = agentStep('a', { gates: [gate('arch-review', { gate: 'validate', call })], retry: retry(2) })
    const s = simulate([step], { verdict: (e) => e.path.startsWith('a/gate.') && s2(e) }, {}, others)
    function s2(e: { launch: { round: number } }): boolean {
      return e.launch.round === 2
    }
    expect(s.end?.status).toBe('passed')
    expect(s.events.find((e) => e.type === 'gate_failed')).toMatchObject({
      gate: 'arch-review',
      comments: 'as seen',
    })
    expect(launches(s).map((l) => [l.path, l.mode])).toEqual([
      ['a', 'read-write'],
      ['a/gate.arch-review/verdict', 'read-only'],
      ['a', 'read-write'],
      ['a/gate.arch-review/verdict', 'read-only'],
    ])
  })
})

describe('limits', () => {
  it('stops when the budget is crossed, and continues after it was raised', () => {
    const steps = [agentStep('a'), agentStep('b'), agentStep('c')]
    const s = simulate(steps, { costUsd: () => 0.6 }, { limits: { max_budget_usd: 1 } })
    expect(s.end).toMatchObject({ status: 'failed', reason: 'max_budget of $1 exceeded: $1.2 spent' })
    s.simulator.append({ type: 'run_resumed', owner: 2, retry_failed: true, limits: { max_budget_usd: 5 } })
    const resumed = s.simulator.run()
    expect(resumed.state.ended?.status).toBe('passed')
    expect(resumed.state.spent.microUsd).toBe(1_800_000)
    expect(launches(resumed)).toHaveLength(3)
  })
})

describe('people', () => {
  it('ends as paused when nobody can be asked, and continues with the answer', () => {
    const options = {
      ...(started() as Extract<NewEvent, { type: 'run_started' }>).options,
      interactive: false,
    }
    const s = simulate([agentStep('a', { hitl: 'before_gate', gates: [gate('test')] })], {}, { options })
    expect(s.end?.status).toBe('paused')
    s.simulator.append({ type: 'run_resumed', owner: 2, retry_failed: false })
    s.simulator.append({
      type: 'hitl_resumed',
      step: 'a',
      round: 1,
      attempt: 1,
      at: 'before_gate',
      decision: 'continue',
    })
    expect(s.simulator.run().state.ended?.status).toBe('passed')
    expect(launches(s.simulator)).toHaveLength(1)
  })
})

describe('replan', () => {
  it('splits a failing item and works on its parts in its place', () => {
    const impl = agentStep('impl', {
      gates: [gate('test')],
      retry: retry(2, [
        { condition: { when: 'attempt', attempt: 2 }, override: { replan: text('claude-opus') } },
      ]),
    })
    const s = simulate([agentStep('plan', { type: 'split', each: [impl] }), agentStep('last')], {
      tasks: (e) => (e.path === 'plan' ? [task('big'), task('small')] : [task('part-a'), task('part-b')]),
      gate: (e) => (e.path === 'plan/big/impl' ? 'fail' : 'pass'),
    })
    expect(s.end?.status).toBe('passed')
    expect(launches(s).map((l) => [l.path, l.agent])).toEqual([
      ['plan', 'scripted'],
      ['plan/big/impl', 'scripted'],
      ['plan/big/replan.1', 'claude-opus'],
      ['plan/big/replan.1/part-a/impl', 'scripted'],
      ['plan/big/replan.1/part-b/impl', 'scripted'],
      ['plan/small/impl', 'scripted'],
      ['last', 'scripted'],
    ])
    expect(launches(s)[3]?.base).toBe('base')
  })
})

describe('where a cost comes from', () => {
  it('is what the outcome said, whatever had been estimated on the way', () => {
    const simulator = new Simulator(plan([agentStep('a')]))
    simulator.append(started())
    simulator.run(2)
    const id = { step: 'a', round: 1, attempt: 1, launch: 1 }
    const tokens = { input: 10, output: 1, cache_read: 0, cache_write: 0 }
    const estimate = { tokens, cost_usd: 0.5, cost_source: 'estimated' as const }
    simulator.append({
      type: 'turn_completed',
      ...id,
      n: 1,
      label: 'coding',
      actions: [],
      usage: estimate,
      duration_ms: 1,
    })
    expect(simulator.state.spent.sources.estimated).toBe(1)
    const usage = { tokens, cost_usd: 0.2, cost_source: 'native' as const }
    simulator.append({ type: 'agent_completed', ...id, usage, turns: 1, duration_ms: 1 })
    expect(simulator.state.spent).toMatchObject({
      microUsd: 200_000,
      sources: { native: 1, estimated: 0, unpriced: 0 },
    })
  })

  it('is unknown, not nothing, for an agent that worked and told neither tokens nor cost', () => {
    const simulator = new Simulator(plan([agentStep('a')]))
    simulator.append(started())
    simulator.run(2)
    const id = { step: 'a', round: 1, attempt: 1, launch: 1 }
    const tokens = { input: 0, output: 0, cache_read: 0, cache_write: 0 }
    const usage = { tokens, cost_usd: 0, cost_source: 'unpriced' as const }
    simulator.append({ type: 'agent_completed', ...id, usage, turns: 1, duration_ms: 1 })
    expect(simulator.state.spent.sources).toEqual({ native: 0, estimated: 0, unpriced: 1 })
  })
})
