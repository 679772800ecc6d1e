import { addToSession, createUsageMeter, type AgentEvent, type TokenUsage } from '@gump/agents'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const price = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 }
function tokens(input: number, output = 0, cacheRead = 0, cacheWrite = 0): TokenUsage {
  return { input, output, cacheRead, cacheWrite }
}
function used(mode: 'delta' | 'cumulative', amount: TokenUsage, costUsd?: number): AgentEvent {
  return { type: 'usage', mode, tokens: amount, ...(costUsd === undefined ? {} : { costUsd }) }
}

describe('createUsageMeter', () => {
  it('estimates while the agent runs and believes the CLI at the end', () => {
    const meter = createUsageMeter({ price })
    meter.observe(used('delta', tokens(1000, 100)))
    expect(meter.total()).toEqual({ tokens: tokens(1000, 100), costUsd: 0.0045, costSource: 'estimated' })
    meter.settle({
      usage: { tokens: tokens(1000, 120), scope: 'launch' },
      costUsd: { value: 0.0051, scope: 'launch' },
    })
    expect(meter.total()).toEqual({ tokens: tokens(1000, 120), costUsd: 0.0051, costSource: 'native' })
  })

  it('keeps what was observed when the outcome says nothing', () => {
    const meter = createUsageMeter({ price: null })
    meter.observe(used('cumulative', tokens(10)))
    meter.observe(used('cumulative', tokens(30)))
    meter.settle({})
    expect(meter.total()).toEqual({ tokens: tokens(30), costUsd: 0, costSource: 'unpriced' })
  })

  it('does not estimate from figures that never came', () => {
    const meter = createUsageMeter({ price })
    meter.settle({})
    expect(meter.total()).toMatchObject({ costUsd: 0, costSource: 'unpriced' })
    meter.observe(used('delta', tokens(0)))
    expect(meter.total()).toMatchObject({ costUsd: 0, costSource: 'estimated' })
  })

  it('takes no figure that is none from the adapter of a plugin', () => {
    const meter = createUsageMeter({ price })
    meter.observe({ type: 'turn_started' })
    meter.observe(used('delta', tokens(Number.NaN, -5, 1e300), -3))
    meter.observe({ type: 'usage', mode: 'cumulative', tokens: null } as never)
    meter.settle({
      usage: { tokens: tokens(Number.POSITIVE_INFINITY), scope: 'launch' },
      costUsd: { value: Number.NaN, scope: 'launch' },
    })
    expect(meter.total()).toEqual({ tokens: tokens(0), costUsd: 0, costSource: 'unpriced' })
  })

  it('takes the session before this launch away from session counters', () => {
    const meter = createUsageMeter({
      price,
      previousSessionTotals: { tokens: tokens(2600, 105), costUsd: 0.009983 },
    })
    meter.settle({
      usage: { tokens: tokens(4100, 116), scope: 'session' },
      costUsd: { value: 0.0150375, scope: 'session' },
    })
    expect(meter.total()).toEqual({ tokens: tokens(1500, 11), costUsd: 0.005055, costSource: 'native' })
  })

  it('takes a session counter that started over for this launch', () => {
    const meter = createUsageMeter({
      price: null,
      previousSessionTotals: { tokens: tokens(5000), costUsd: 1 },
    })
    meter.settle({
      usage: { tokens: tokens(100), scope: 'session' },
      costUsd: { value: 0.1, scope: 'session' },
    })
    expect(meter.total()).toMatchObject({ tokens: tokens(100), costUsd: 0.1 })
  })

  it('sums native deltas', () => {
    const meter = createUsageMeter({ price: null })
    for (let i = 0; i < 10; i += 1) meter.observe(used('delta', tokens(1), 0.1))
    expect(meter.total().costUsd).toBe(1)
  })

  it('does not call a sum native of which only a part was reported', () => {
    const play = (rates: typeof price | null): ReturnType<typeof createUsageMeter> => {
      const meter = createUsageMeter({ price: rates })
      meter.observe(used('delta', tokens(1000), 0.5))
      meter.observe(used('delta', tokens(1_000_000)))
      return meter
    }
    expect(play(null).total()).toMatchObject({ costUsd: 0.5, costSource: 'unpriced' })
    expect(play(price).total()).toMatchObject({ costUsd: 3.003, costSource: 'estimated' })
    expect(play({ ...price, input: 0.1 }).total()).toMatchObject({ costUsd: 0.5, costSource: 'estimated' })
    const settled = play(null)
    settled.settle({ costUsd: { value: 0.75, scope: 'launch' } })
    expect(settled.total()).toMatchObject({ costUsd: 0.75, costSource: 'native' })
  })

  it('takes a cost that is reported apart from its tokens', () => {
    const meter = createUsageMeter({ price })
    meter.observe(used('delta', tokens(1000)))
    meter.observe(used('delta', tokens(0), 0.5))
    expect(meter.total()).toMatchObject({ costUsd: 0.5, costSource: 'native' })
  })

  it('tells what was added since the last time, never less than nothing', () => {
    const meter = createUsageMeter({ price })
    meter.observe(used('delta', tokens(1000)))
    expect(meter.sinceMark()).toMatchObject({ tokens: tokens(1000), costUsd: 0.003 })
    meter.observe(used('delta', tokens(500)))
    expect(meter.sinceMark()).toMatchObject({ tokens: tokens(500), costUsd: 0.0015 })
    meter.settle({ usage: { tokens: tokens(1200), scope: 'launch' } })
    expect(meter.sinceMark()).toMatchObject({ tokens: tokens(0), costUsd: 0 })
  })

  it('does not drift: many deltas cost what their sum costs', () => {
    const amount = fc.nat(100_000)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(amount, amount, amount, amount), { minLength: 1, maxLength: 200 }),
        (list) => {
          const piecemeal = createUsageMeter({ price })
          const sum = list.reduce(
            (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]],
            [0, 0, 0, 0],
          )
          for (const one of list) piecemeal.observe(used('delta', tokens(...one)))
          const whole = createUsageMeter({ price })
          whole.observe(used('delta', tokens(...sum)))
          expect(piecemeal.total()).toEqual(whole.total())
        },
      ),
    )
  })

  it('adds launches up to a session', () => {
    const first = addToSession(null, { tokens: tokens(10), costUsd: 0.1, costSource: 'native' })
    expect(addToSession(first, { tokens: tokens(5), costUsd: 0.2, costSource: 'native' })).toEqual({
      tokens: tokens(15),
      costUsd: 0.3,
    })
  })
})

describe('a counter that may have started over', () => {
  const previous = { tokens: tokens(1000, 10), costUsd: 0.1 }
  const session = (input: number, output: number, cost: number) => ({
    usage: { tokens: tokens(input, output), scope: 'session' as const },
    costUsd: { value: cost, scope: 'session' as const },
  })
  const seen = { type: 'usage', mode: 'delta', tokens: tokens(5000) } as const

  it.each([
    ['continues', session(6000, 20, 0.6), { input: 5000, output: 10 }, 0.5],
    [
      'started over: it would leave less than was seen',
      session(5000, 10, 0.5),
      { input: 5000, output: 10 },
      0.5,
    ],
    ['started over: it is below what it was', session(900, 5, 0.05), { input: 5000, output: 5 }, 0.05],
  ])('%s', (_what, facts, used, cost) => {
    const meter = createUsageMeter({ price: null, previousSessionTotals: previous })
    meter.observe(seen)
    meter.settle(facts)
    expect(meter.total()).toMatchObject({ tokens: used, costUsd: cost, costSource: 'native' })
  })
})

describe('figures that are not all there is', () => {
  const delta = { type: 'usage', mode: 'delta', tokens: tokens(1000), costUsd: 0.5 } as const
  const failed = { status: 'failed', cause: 'interrupted', message: 'killed' } as const

  it('are at least that, when sub-agents are left out or a launch is cut off', () => {
    for (const end of [{ partial: true as const }, failed]) {
      const meter = createUsageMeter({ price: null })
      meter.observe(delta)
      meter.settle(end)
      expect(meter.total()).toMatchObject({ costUsd: 0.5, atLeast: true })
    }
  })

  it('are all there is, when nothing was done or the end tells them', () => {
    const idle = createUsageMeter({ price: null })
    idle.settle(failed)
    expect(idle.total()).not.toHaveProperty('atLeast')
    const told = createUsageMeter({ price: null })
    told.observe(delta)
    told.settle({ ...failed, usage: { tokens: tokens(2000), scope: 'launch' } })
    expect(told.total()).not.toHaveProperty('atLeast')
  })

  it('never take back what was seen', () => {
    const meter = createUsageMeter({ price: null })
    meter.observe(delta)
    meter.settle({ usage: { tokens: tokens(10), scope: 'launch' }, costUsd: { value: 0.1, scope: 'launch' } })
    expect(meter.total()).toMatchObject({ tokens: { input: 1000 }, costUsd: 0.5 })
  })
})

describe('tokens without a price', () => {
  it('count for something, and cost nothing that is known', () => {
    const assumedPrice = { input: 10, output: 20, cacheRead: 10, cacheWrite: 10 }
    const meter = createUsageMeter({ price: null, assumedPrice })
    meter.observe({ type: 'usage', mode: 'delta', tokens: tokens(1000, 100) })
    expect(meter.sinceMark()).toMatchObject({ costUsd: 0, costSource: 'unpriced', assumedUsd: 0.012 })
    expect(meter.total()).toMatchObject({ costUsd: 0, costSource: 'unpriced', assumedUsd: 0.012 })
    expect(meter.sinceMark()).not.toHaveProperty('assumedUsd')
  })
})
