import type { AgentFailureKind, LedgerEvent } from '@gump/ledger'
import { describe, expect, it } from 'vitest'
import type { LaunchEffect } from '../src/effects.js'
import { type Oracle, Simulator, started } from './simulator.js'
import { agentStep, gate, plan, retry } from './workflow-builder.js'

interface Told {
  readonly launches: readonly string[]
  readonly notes: readonly string[]
  readonly attempts: number
  readonly status: string | undefined
}

/** A step whose first attempt passes no gate, so that the second continues in its session. */
function play(oracle: Oracle): Told {
  const step = agentStep('a', { gates: [gate('test')], retry: retry(3) })
  const simulator = new Simulator(plan([step]), {
    gate: ({ attempt }) => (attempt === 1 ? 'fail' : 'pass'),
    ...oracle,
  })
  simulator.append(started())
  const { performed, events, state } = simulator.run()
  const launches = performed.filter((effect): effect is LaunchEffect => effect.kind === 'launch')
  return {
    launches: launches.map(({ launch, session }) => `${launch.attempt}.${launch.launch} ${session.mode}`),
    notes: launches.flatMap(({ sessionNote }) => sessionNote ?? []),
    attempts: events.filter((e: LedgerEvent) => e.type === 'step_started').length,
    status: state.ended?.status,
  }
}

const resumed = ({ session }: LaunchEffect): boolean => session.mode === 'resume'

describe('a session that is dead', () => {
  it.each<[AgentFailureKind, number, string]>([
    ['context', 3, "the session does not fit into the model's context any more"],
    ['refusal', 1, 'the model has refused in this session, and would continue to'],
    ['request', 0, 'the session could not be continued'],
  ])('%s after %i turns: one fresh launch in the same attempt, which is said', (kind, turns, why) => {
    const told = play({
      launch: (effect) => (resumed(effect) ? 'error' : 'success'),
      kind: () => kind,
      turns: (effect) => (resumed(effect) ? turns : 1),
    })
    expect(told).toEqual({
      launches: ['1.1 new', '2.1 resume', '2.2 new'],
      notes: [`${why}; starting a new one`],
      attempts: 2,
      status: 'passed',
    })
  })

  it('is not continued when the model had refused in the first attempt', () => {
    const told = play({
      launch: ({ launch }) => (launch.attempt === 1 ? 'error' : 'success'),
      kind: () => 'refusal',
    })
    expect(told.launches).toEqual(['1.1 new', '2.1 new'])
    expect(told.notes).toEqual([
      'the model has refused in this session, and would continue to; starting a new one',
    ])
  })

  it('is followed by one fresh launch only, however that one ends', () => {
    const told = play({
      launch: ({ launch }) => (launch.attempt === 1 ? 'success' : 'error'),
      kind: () => 'context',
      turns: () => 0,
    })
    expect(told.launches).toEqual(['1.1 new', '2.1 resume', '2.2 new', '3.1 new'])
    expect(told.status).toBe('failed')
  })

  it.each<[AgentFailureKind, number]>([
    ['server', 0],
    ['request', 2],
  ])('is none when the trouble was elsewhere: %s after %i turns', (kind, turns) => {
    const told = play({
      launch: (effect) => (effect.launch.attempt === 2 ? 'error' : 'success'),
      kind: () => kind,
      turns: () => turns,
    })
    expect(told.launches).toEqual(['1.1 new', '2.1 resume', '3.1 resume'])
  })
})

describe('a retry that takes the files back and keeps the session', () => {
  it('says so', () => {
    const step = agentStep('a', {
      gates: [gate('test')],
      retry: retry(2, [{ condition: { when: 'attempt', attempt: 2 }, override: { worktree: 'reset' } }]),
    })
    const simulator = new Simulator(plan([step]), {
      gate: ({ attempt }) => (attempt === 1 ? 'fail' : 'pass'),
    })
    simulator.append(started())
    const launches = simulator
      .run()
      .performed.filter((effect): effect is LaunchEffect => effect.kind === 'launch')
    expect(launches[1]).toMatchObject({
      session: { mode: 'resume' },
      sessionNote:
        'the worktree was reset and the session is kept: the agent remembers changes that are not there any more',
    })
  })

  it('says so after a guard, too, which has taken them back', () => {
    const simulator = new Simulator(plan([agentStep('a', { retry: retry(2) })]), {
      launch: ({ launch }) => (launch.attempt === 1 ? 'guard' : 'success'),
    })
    simulator.append(started())
    const launches = simulator
      .run()
      .performed.filter((effect): effect is LaunchEffect => effect.kind === 'launch')
    expect(launches.map(({ sessionNote }) => sessionNote)).toEqual([
      null,
      expect.stringContaining('the agent remembers changes that are not there any more'),
    ])
  })
})
