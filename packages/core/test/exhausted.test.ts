import type { EventOf, LedgerEvent } from '@gump/ledger'
import { describe, expect, it } from 'vitest'
import { type Oracle, Simulator, started, task } from './simulator.js'
import { agentStep, plan, text } from './workflow-builder.js'

const agent = (adapter: string, model: string | null = null) => ({
  adapter,
  cli: null,
  version: null,
  model,
  resume: true,
})
const agents = {
  scripted: agent('scripted'),
  claude: agent('claude', 'claude-5'),
  'claude-haiku': agent('claude', 'haiku-5'),
  codex: agent('codex'),
  'opencode-a/x': agent('opencode', 'a/x'),
  'opencode-b/y': agent('opencode', 'b/y'),
}
const of = <T extends LedgerEvent['type']>(events: readonly LedgerEvent[], type: T): readonly EventOf<T>[] =>
  events.filter((event): event is EventOf<T> => event.type === type)

/** A split into tasks that run side by side, each by the agent that the task's number asks for. */
function tasks(
  count: number,
  jobs: number,
  oracle: Oracle,
  step = agentStep('impl', { agent: text('claude') }),
) {
  const split = agentStep('plan', {
    type: 'split',
    each: [step],
    parallel: { failFast: false, limit: jobs },
  })
  const simulator = new Simulator(plan([split]), {
    tasks: () => Array.from({ length: count }, (_, i) => task(`t${i + 1}`)),
    ...oracle,
  })
  simulator.append(started({ agents, options: { ...options, jobs } }))
  return simulator.run()
}

const options = {
  jobs: 4,
  pause_after: [],
  park: true,
  agent_override: null,
  agent_aliases: {},
  default_agent: 'scripted',
  allow_unpriced: false,
  interactive: true,
}

describe('a provider at its limit', () => {
  it('of 100 tasks side by side, with a limit after the tenth: not one launch before the reset, and none repeated', () => {
    let answered = 0
    const reset = '1970-01-01T09:00:00.000Z'
    const { events, state, performed } = tasks(100, 4, {
      launch: ({ path, launch }) => {
        if (path === 'plan') return 'success'
        answered += 1
        return answered > 10 && launch.launch === 1 && answered <= 11 ? 'quota' : 'success'
      },
      retryAt: () => reset,
    })
    expect(state.ended?.status).toBe('passed')

    const refused = events.findIndex((e) => e.type === 'agent_failed')
    const lifted = events.findIndex((e) => e.type === 'agent_unparked')
    const launches = of(events, 'agent_launching').filter(({ step }) => step !== 'plan')
    const between = of(events.slice(refused, lifted), 'agent_launching')
    const figures = {
      launched: launches.length,
      'before the limit': of(events.slice(0, refused), 'agent_launching').length - 1,
      refused: of(events, 'agent_failed').length,
      'between refusal and reset': between.length,
      'parked until the reset': of(events, 'agent_parked').filter(({ until }) => until === reset).length,
      'tasks that passed': of(events, 'step_completed').filter(
        ({ step, status }) => step.endsWith('/impl') && status === 'pass',
      ).length,
      'launches of a task that had passed': launches.length - 1 - 100,
      attempts: Math.max(...of(events, 'step_started').map(({ attempt }) => attempt)),
    }
    expect(figures).toEqual({
      launched: 101,
      'before the limit': 11,
      refused: 1,
      'between refusal and reset': 0,
      'parked until the reset': 1,
      'tasks that passed': 100,
      'launches of a task that had passed': 0,
      attempts: 1,
    })
    const ids = performed.filter((e) => e.kind === 'launch').map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each([
    ['another agent of it', 'claude-haiku', 0],
    ['an agent of another provider', 'codex', 1],
  ])('%s: launched %s meanwhile %i times', (_what, other, times) => {
    const oracle: Oracle = {
      launch: ({ path, launch }) => (path.startsWith('a') && launch.launch === 1 ? 'quota' : 'success'),
      retryAt: () => '1970-01-01T09:00:00.000Z',
    }
    const events = sideBySide('claude', other, oracle)
    expect(of(betweenTimes(events), 'agent_launching')).toHaveLength(times)
  })

  it.each([
    ['opencode-a/x', 'opencode-b/y', 1],
    ['opencode-a/x', 'opencode-a/x', 0],
  ])('behind one program: %s at its limit, %s is launched %i times', (first, second, times) => {
    const oracle: Oracle = {
      launch: ({ path, launch }) => (path.startsWith('a') && launch.launch === 1 ? 'quota' : 'success'),
      retryAt: () => '1970-01-01T09:00:00.000Z',
    }
    expect(of(betweenTimes(sideBySide(first, second, oracle)), 'agent_launching')).toHaveLength(times)
  })

  it('does not make a run wait that does not park', () => {
    const simulator = new Simulator(plan([agentStep('a', { agent: text('claude') })]), {
      launch: () => 'quota',
    })
    simulator.append(started({ agents, options: { ...options, park: false } }))
    expect(simulator.run().state.ended?.status).toBe('failed')
  })
})

/** Two branches: the first is refused while the second waits for its turn. */
function sideBySide(first: string, second: string, oracle: Oracle): readonly LedgerEvent[] {
  const group = {
    kind: 'group' as const,
    name: 'both',
    range: agentStep('x').range,
    gates: [],
    steps: [agentStep('a', { agent: text(first) }), agentStep('b', { agent: text(second) })],
    parallel: { failFast: false },
  }
  // What is first among the effects in progress ends first: `a` is refused before `b` has begun.
  const simulator = new Simulator(plan([group]), {
    ...oracle,
    launch: (effect) => oracle.launch?.({ ...effect, path: effect.path.replace('both/', '') }) ?? 'success',
  })
  simulator.append(started({ agents, options }))
  const { events, state } = simulator.run()
  expect(state.ended?.status).toBe('passed')
  return events
}

function betweenTimes(events: readonly LedgerEvent[]): readonly LedgerEvent[] {
  const refused = events.findIndex((e) => e.type === 'agent_failed')
  return events.slice(
    refused,
    events.findIndex((e) => e.type === 'agent_unparked'),
  )
}
