import fc from 'fast-check'
import type { LedgerEvent, NewEvent } from '@gump/ledger'
import { expect, it } from 'vitest'
import { historyBefore, resolveStep } from '../src/history-before.js'
import { anyScenario, planOf, randomOracle, runScenario, type Scenario } from './any-scenario.js'
import { Simulator, started } from './simulator.js'

interface Replayed {
  readonly path: string
  readonly history: readonly NewEvent[]
  /** The old run. */
  readonly old: readonly LedgerEvent[]
  /** Of the new run, after its history. */
  readonly fresh: readonly LedgerEvent[]
  readonly simulator: Simulator
}

/** Plays a run to its end, resumes it when it failed, and replays it from one of its steps; from there all goes well. */
function replay(scenario: Scenario, which: number): Replayed | null {
  const first = runScenario(scenario)
  first.run(20_000)
  if (first.state.ended?.status === 'failed') {
    first.append({ type: 'run_resumed', owner: 2, retry_failed: true })
    first.run(20_000)
  }
  const old = first.events
  // What a dot is in belongs to a gate or a retry.
  const paths = old.flatMap((e) => (e.type === 'step_started' && !e.step.includes('.') ? [e.step] : []))
  const path = paths[which % paths.length]
  if (path === undefined) return null
  const cut = resolveStep(old, path)
  const history = historyBefore(old, cut)
  const simulator = new Simulator(planOf(scenario), {
    ...randomOracle(scenario.seed + 1, 0),
    conflict: () => false,
  })
  for (const event of [
    started(),
    { type: 'replay_started', from_run: 'old', from_step: path } as const,
    ...history,
  ])
    simulator.append(event)
  const before = simulator.events.length
  simulator.run(20_000)
  return { path, history, old, fresh: simulator.events.slice(before), simulator }
}

const numRuns = process.env['CI'] === undefined ? 150 : 500

it('a replay from any step of any run ends, and passes when all goes well from there', () => {
  fc.assert(
    fc.property(anyScenario, fc.nat(), (scenario, which) => {
      const replayed = replay(scenario, which)
      if (replayed === null) return
      const { ended } = replayed.simulator.state
      expect([ended?.status, ended?.reason]).toEqual(['passed', undefined])
    }),
    { numRuns },
  )
})

it('a replay does its step again, and nothing that its history holds', () => {
  fc.assert(
    fc.property(anyScenario, fc.nat(), (scenario, which) => {
      const replayed = replay(scenario, which)
      if (replayed === null) return
      const { path, history, fresh } = replayed
      expect(fresh.some((e) => e.type === 'step_started' && e.step === path)).toBe(true)
      const done = new Set(
        history.flatMap((e) =>
          e.type === 'step_completed' && e.status === 'pass' ? [`${e.step}@${e.round}`] : [],
        ),
      )
      for (const e of fresh)
        if (e.type === 'agent_launching') expect(done).not.toContain(`${e.step}@${e.round}`)
    }),
    { numRuns },
  )
})

it('a replay of a run that passed leaves alone what ran beside its step and was merged without a conflict', () => {
  let kept = 0
  const samples = fc.sample(fc.tuple(anyScenario, fc.nat()), { numRuns: 600, seed: 11 })
  for (const [scenario, which] of samples) {
    const replayed = replay({ ...scenario, bias: 0, budget: undefined }, which)
    if (replayed === null) continue
    const { path, old, fresh } = replayed
    const around = old.filter(
      (e) => e.type === 'group_started' && e.parallel && path.startsWith(`${e.step}/`),
    )
    for (const group of around) {
      if (group.type !== 'group_started') continue
      const prefix = `${group.step}/`
      const own = path.slice(prefix.length).split('/')[0]
      const collided = old.some((e) => e.type === 'conflict' && e.step === group.step)
      if (collided) continue
      kept += 1
      const others = fresh.filter(
        (e) =>
          e.type === 'agent_launching' &&
          e.step.startsWith(prefix) &&
          !e.step.slice(prefix.length).includes('.') &&
          e.step.slice(prefix.length).split('/')[0] !== own,
      )
      expect(others).toEqual([])
    }
  }
  expect(kept).toBeGreaterThan(20)
})
