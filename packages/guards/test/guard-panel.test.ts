import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtinGuards, createGuardPanel, defineGuard } from '@gump/guards'
import type { GuardPanel, GuardSetting, GuardTotals } from '@gump/guards'
import { text, turn } from './events.js'

const scope = { worktree: '/work' }
const panel = (...settings: readonly GuardSetting[]): GuardPanel =>
  createGuardPanel(builtinGuards, settings, scope)
const at = (elapsedMs: number, totals: Partial<GuardTotals> = {}): GuardTotals => ({
  elapsedMs,
  turns: 0,
  tokens: 0,
  costUsd: null,
  ...totals,
})

describe('deadlines', () => {
  it('start with ten minutes of silence, unless the step says otherwise', () => {
    expect(panel().nextDeadline()).toBe(600_000)
    expect(panel({ guard: 'max_idle', value: 5000 }).nextDeadline()).toBe(5000)
    expect(panel({ guard: 'max_time', value: 60_000 }).nextDeadline()).toBe(60_000)
  })

  it('move with activity and not with heartbeats', () => {
    const guards = panel({ guard: 'max_idle', value: 1000 })
    expect(guards.onEvent(text, at(800))).toBeNull()
    expect(guards.nextDeadline()).toBe(1800)
    expect(guards.onEvent({ type: 'raw', name: 'stream_event/ping' }, at(1700))).toBeNull()
    expect(guards.onEvent({ type: 'raw', name: 'keep_alive' }, at(1750))).toBeNull()
    expect(guards.nextDeadline()).toBe(1800)
    expect(guards.onTimer(at(1799))).toBeNull()
    expect(guards.onTimer(at(1800))).toMatchObject({ guard: 'max_idle', limit: '1s', observed: '1s' })
    expect(guards.nextDeadline()).toBeNull()
  })

  it('take the output of a running tool for activity', () => {
    const guards = panel({ guard: 'max_idle', value: 1000 })
    guards.onEvent({ type: 'raw', name: 'tool_execution_update' }, at(900))
    expect(guards.onTimer(at(1000))).toBeNull()
  })
})

describe('trips', () => {
  it('are reported once, the first guard first', () => {
    const guards = panel({ guard: 'max_tokens', value: 1 }, { guard: 'max_turns', value: 1 })
    expect(guards.onEvent(turn, at(0, { turns: 2, tokens: 2 }))).toMatchObject({ guard: 'max_turns' })
    expect(guards.onEvent(turn, at(1, { turns: 3, tokens: 3 }))).toBeNull()
  })

  it('take the lowest of several limits of one guard', () => {
    const guards = panel({ guard: 'max_turns', value: 9 }, { guard: 'max_turns', value: 1 })
    expect(guards.onEvent(turn, at(0, { turns: 2 }))).toMatchObject({ limit: '1', observed: '2' })
  })

  it.each([
    ['true', true],
    ['a promise', Promise.resolve(null)],
    ['half a trip', { reason: 'no' }],
  ])('also come from a guard of a plugin that answers with %s', (_what, answer) => {
    const odd = {
      ...builtinGuards[0],
      name: 'odd',
      value: 'count',
      create: () => ({ onEvent: () => answer }),
    }
    const guards = createGuardPanel([odd as never], [{ guard: 'odd', value: 1 }], scope)
    expect(guards.onEvent(turn, at(0))).toEqual({
      guard: 'odd',
      reason: 'the guard itself failed: what it answered is no trip',
      limit: 'a guard that works',
      observed: 'what it answered is no trip',
    })
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('no')
      },
      'no',
    ],
    ['makes nothing', () => undefined, 'create returned no guard'],
  ])('also come from a guard of a plugin whose create %s', (_what, create, observed) => {
    const odd = { ...builtinGuards[0], name: 'odd', value: 'count', create }
    const guards = createGuardPanel([odd as never], [{ guard: 'odd', value: 1 }], scope)
    expect(guards.nextDeadline()).toBe(null)
    expect(guards.onEvent(turn, at(0))).toMatchObject({ guard: 'odd', observed })
  })

  it('do not come from a guard that answers nothing', () => {
    const silent = {
      ...builtinGuards[0],
      name: 'silent',
      value: 'count',
      create: () => ({ onEvent: () => undefined }),
    }
    const guards = createGuardPanel([silent as never], [{ guard: 'silent', value: 1 }], scope)
    expect(guards.onEvent(turn, at(0))).toBeNull()
  })

  it('also come from a guard that fails', () => {
    const broken = defineGuard({
      name: 'broken',
      summary: 'fails',
      value: 'switch',
      create: () => ({
        onEvent: () => {
          throw new Error('oops')
        },
      }),
    })
    const guards = createGuardPanel([broken], [{ guard: 'broken', value: true }], scope)
    expect(guards.onEvent(text, at(0))).toMatchObject({ guard: 'broken', observed: 'oops' })
  })

  it('happen exactly when a limit is crossed', () => {
    const totals = fc.record({ turns: fc.nat(5), tokens: fc.nat(50), cents: fc.nat(50) })
    fc.assert(
      fc.property(fc.array(totals), (steps) => {
        const guards = panel(
          { guard: 'max_turns', value: 30 },
          { guard: 'max_tokens', value: 300 },
          { guard: 'max_budget', value: 3 },
        )
        const sum = { turns: 0, tokens: 0, cents: 0 }
        let tripped = false
        for (const step of steps) {
          sum.turns += step.turns
          sum.tokens += step.tokens
          sum.cents += step.cents
          const crossed = sum.turns > 30 || sum.tokens > 300 || sum.cents > 300
          const trip = guards.onEvent(
            text,
            at(0, { turns: sum.turns, tokens: sum.tokens, costUsd: sum.cents / 100 }),
          )
          expect(trip !== null).toBe(crossed && !tripped)
          tripped ||= crossed
        }
      }),
    )
  })
})

describe('settings', () => {
  it('must name a guard', () => {
    expect(() => panel({ guard: 'max_turn', value: 1 })).toThrow(
      expect.objectContaining({ code: 'GUMP-W035' }),
    )
  })

  it.each([
    ['max_turns', 0],
    ['max_turns', 1.5],
    ['max_budget', Number.NaN],
    ['max_time', '5m'],
    ['no_write', 1],
    ['write', []],
  ] as const)('must have a value of the kind of %s, not %s', (guard, value) => {
    expect(() => panel({ guard, value })).toThrow(expect.objectContaining({ code: 'GUMP-W012' }))
  })
})

it('defineGuard refuses names that YAML does not use', () => {
  const define = (name: string): unknown =>
    defineGuard({ name, summary: 's', value: 'switch', create: () => ({ onEvent: () => null }) })
  expect(() => define('noShell')).toThrow(expect.objectContaining({ code: 'GUMP-C007' }))
  expect(() => define('no-shell')).toThrow(expect.objectContaining({ code: 'GUMP-C007' }))
  expect(Object.isFrozen(define('no_shell'))).toBe(true)
})
