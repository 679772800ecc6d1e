import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LedgerEvent } from '@gump/ledger'
import type { LaunchEffect } from '../src/effects.js'
import { initialState, reduce } from '@gump/history'
import { anyScenario, planOf, randomOracle, runScenario } from './any-scenario.js'
import { Simulator, started } from './simulator.js'

const launchesOf = (events: readonly LedgerEvent[]) =>
  events.flatMap((e) => (e.type === 'agent_launching' ? [e] : []))
const numRuns = process.env['CI'] === undefined ? 150 : 500

describe('for any workflow and any outcomes', () => {
  it('a run ends', () => {
    fc.assert(
      fc.property(anyScenario, (s) => {
        expect(runScenario(s).run(20_000).state.ended).not.toBeNull()
      }),
      { numRuns },
    )
  })

  it('attempts never exceed exit, and count from one without gaps', () => {
    fc.assert(
      fc.property(anyScenario, (s) => {
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
      fc.property(anyScenario, (s) => {
        const { events } = runScenario(s).run(20_000)
        const crossed = events.findIndex((e) => e.type === 'budget_exceeded')
        if (crossed >= 0) expect(launchesOf(events.slice(crossed))).toEqual([])
      }),
      { numRuns },
    )
  })

  it('what was spent is the sum of all launches', () => {
    fc.assert(
      fc.property(anyScenario, (s) => {
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
      fc.property(anyScenario, (s) => {
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
      fc.property(anyScenario, fc.nat(), (s, cut) => {
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
      fc.property(anyScenario, fc.nat(), (s, cut) => {
        const whole = runScenario(s).run(20_000)
        const at = 1 + (cut % whole.events.length)
        const crashed = new Simulator(planOf(s), randomOracle(s.seed + 1, 0))
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
      fc.property(anyScenario, (s) => {
        const { performed } = runScenario(s).run(20_000)
        const ids = performed.filter((e): e is LaunchEffect => e.kind === 'launch').map((e) => e.id)
        expect(new Set(ids).size).toBe(ids.length)
      }),
      { numRuns },
    )
  })

  it('the scenarios reach every kind of event', () => {
    const seen = new Set<string>()
    for (const s of fc.sample(anyScenario, { numRuns: 400, seed: 7 }))
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
