import {
  type AgentAdapter,
  createNormalizedParser,
  type EmbeddedAction,
  parseAgentScript,
  scripted,
} from '@gump/agents'
import type { EventOf, LedgerEvent } from '@gump/ledger'
import { describe, expect, it } from 'vitest'
import { world } from './support/world.js'

const w = 'name: w\nsteps:\n  - {name: a, agent: odd, prompt: go, gate: [{bash: test -f a.txt}]}\n'
const wrote: EmbeddedAction = { do: 'write', path: 'a.txt', content: 'a' }
const says = (line: string): EmbeddedAction => ({ do: 'emit', line })
const success = says('{"type":"result","status":"success"}')

/** An agent that does this, and whose program is called `odd` and says that it has version 9.9.9. */
function odd(steps: readonly EmbeddedAction[], more: Partial<AgentAdapter> = {}): AgentAdapter {
  const base = scripted(parseAgentScript('- do: []', 'x.yaml'), { name: 'odd' })
  return {
    ...base,
    launch: () => ({ kind: 'embedded', program: { steps } }),
    createParser: createNormalizedParser,
    ...more,
  }
}

async function play(agent: AgentAdapter, settings = {}): Promise<readonly LedgerEvent[]> {
  const { engine } = world({ workflows: { w }, script: '- do: []', agents: [agent], settings })
  const run = await engine.start({ workflow: 'w' })
  await run.result
  return await engine.events(run.id)
}

const of = <T extends LedgerEvent['type']>(events: readonly LedgerEvent[], type: T): readonly EventOf<T>[] =>
  events.filter((event): event is EventOf<T> => event.type === type)
const messages = (events: readonly LedgerEvent[]): readonly string[] =>
  of(events, 'warning').map(({ message }) => message)

describe('an agent that is not understood', () => {
  it('is judged by its exit code and the gates, with a warning', async () => {
    const events = await play(odd([says('{"kind":"of another dialect"}'), wrote]))
    expect(of(events, 'run_completed')[0]?.status).toBe('passed')
    expect(of(events, 'agent_completed')[0]?.compat).toBe(true)
    expect(messages(events)).toEqual([
      'nothing that odd printed was understood: its exit code decided; turns, tokens and cost are unknown, and guards saw nothing of what it did',
    ])
    expect(of(events, 'run_completed')[0]?.usage.cost_source).toBe('unpriced')
  })

  it('has figures that later steps and commits do not know, rather than zeros', async () => {
    const figures = '{a.cost}{a.turns}{a.tokens_in}{a.tokens_out}{a.cache_read}{a.cache_write}'
    const asks = `${w}  - {name: b, gate: [{bash: 'test "${figures}" = ""'}]}\n`
    const { engine, repo } = world({
      workflows: { w: asks },
      script: '- do: []',
      agents: [odd([says('{"kind":"of another dialect"}'), wrote])],
    })
    const result = await (await engine.start({ workflow: 'w' })).result
    expect([result.status, result.reason]).toEqual(['passed', undefined])
    const trailers = repo.git('log', '--format=%(trailers:key=Gump-Cost-USD)', result.commit)
    expect(trailers.trim()).toBe('')
  })

  it('has no known cost either when it failed', async () => {
    const exit: EmbeddedAction = { do: 'exit', code: 3 }
    const events = await play(odd([says('{"kind":"of another dialect"}'), exit]))
    expect(of(events, 'agent_failed')[0]?.compat).toBe(true)
    expect(of(events, 'run_completed')[0]?.usage.cost_source).toBe('unpriced')
    expect(messages(events)[0]).toBe(
      'what odd printed was not understood: turns, tokens and cost are unknown, and guards may have missed what it did',
    )
  })
})

describe('what an agent warns of', () => {
  it('is kept, once each', async () => {
    const warning = says('{"type":"warning","message":"not permitted to use Bash"}')
    const events = await play(odd([warning, warning, wrote, success]))
    expect(messages(events)).toEqual(['odd: not permitted to use Bash'])
  })

  it('is kept within reason', async () => {
    const many = Array.from({ length: 50 }, (_, i) =>
      says(`{"type":"warning","message":"${i} ${'x'.repeat(900)}"}`),
    )
    const kept = messages(await play(odd([...many, wrote, success])))
    expect(kept).toHaveLength(10)
    expect(Math.max(...kept.map((text) => text.length))).toBeLessThan(600)
  })
})

describe('an adapter that throws', () => {
  it.each(['push', 'end'] as const)('at %s fails its attempt and nothing else', async (method) => {
    const createParser = (): ReturnType<AgentAdapter['createParser']> => ({
      ...createNormalizedParser(),
      [method]: () => {
        throw new Error('a mistake')
      },
    })
    const events = await play(odd([wrote, success], { createParser }))
    expect(of(events, 'agent_failed')[0]).toMatchObject({
      cause: 'error',
      compat: true,
      message: expect.stringContaining('a mistake') as string,
    })
    expect(of(events, 'run_completed')[0]?.status).toBe('failed')
  })
})

describe('an agent that chooses its model itself', () => {
  it('is priced by the model that it names', async () => {
    const pricing = (model: string) =>
      model === 'm-1'
        ? { input: 1, output: 2, cacheRead: 0, cacheWrite: 0, source: 'here', date: '2026-01-01' }
        : null
    const session = says('{"type":"session","sessionId":"s","model":"m-1"}')
    const usage = says(
      '{"type":"usage","mode":"delta","tokens":{"input":1000000,"output":0,"cacheRead":0,"cacheWrite":0}}',
    )
    const events = await play(odd([session, usage, wrote, success]), { pricing })
    expect(of(events, 'agent_completed')[0]?.usage).toMatchObject({ cost_usd: 1, cost_source: 'estimated' })
  })

  it('has the context window that the prices tell of its model', async () => {
    const priced = { input: 1, output: 2, cacheRead: 0, cacheWrite: 0, source: 'here', date: '2026-01-01' }
    const usage = says(
      '{"type":"usage","mode":"delta","tokens":{"input":10,"output":0,"cacheRead":0,"cacheWrite":0},"contextTokens":500}',
    )
    const settings = { models: { odd: 'm-1' }, pricing: () => ({ ...priced, contextWindow: 2000 }) }
    const events = await play(odd([usage, wrote, success]), settings)
    expect(of(events, 'agent_completed')[0]).toMatchObject({ context_tokens: 500, context_window: 2000 })
  })
})

describe('an adapter that breaks the contract', () => {
  const parser = (push: unknown, end: unknown): Partial<AgentAdapter> => ({
    createParser: () => ({ push: () => push as never, end: () => end as never }),
  })

  it.each([
    ['no list', parser(undefined, { status: 'success' })],
    ['a list of nothing', parser([null], { status: 'success' })],
    ['no outcome', parser([], undefined)],
    ['an outcome of its own', parser([], { status: 'great' })],
    ['a failure without a cause', parser([], { status: 'failed', message: 'no' })],
  ])('with %s fails its attempt and nothing else', async (_what, more) => {
    const events = await play(odd([wrote, success], more))
    expect(of(events, 'agent_failed')[0]?.message).toMatch(/^the adapter of the agent failed: TypeError: \w/u)
  })

  it('with figures that are none has an unknown cost', async () => {
    const figures = { input: Number.NaN, output: -5, cacheRead: 0, cacheWrite: 0 }
    const usage = { type: 'usage', mode: 'delta', tokens: figures, costUsd: -3 }
    const outcome = { status: 'success', turns: -4, costUsd: { value: Number.NaN, scope: 'launch' } }
    const events = await play(odd([wrote, success], parser([{ type: 'turn_started' }, usage], outcome)))
    expect(of(events, 'agent_completed')[0]).toMatchObject({
      turns: 1,
      usage: { cost_usd: 0, cost_source: 'unpriced', tokens: { input: 0, output: 0 } },
    })
  })
})

describe('an adapter whose launch breaks its contract', () => {
  const throwing = (): never => {
    throw new TypeError('no key')
  }

  it.each([
    ['throws', 'no key', throwing],
    ['plans nothing', 'what it plans is no launch', () => undefined],
    ['plans what is none', 'what it plans is no launch', () => ({ kind: 'process', file: 'x' })],
  ])('is named when it %s', async (_how, why, launch) => {
    const events = await play(odd([], { launch: launch as never }))
    expect(of(events, 'circuit_breaker')).toMatchObject([
      {
        step: 'a',
        reason: `GUMP-A006: the adapter of odd failed: ${why}`,
        remedy: expect.stringContaining('--agent'),
      },
    ])
  })
})

describe('an agent that tells at its end only what it used', () => {
  const used = '"usage":{"tokens":{"input":2000,"output":100}},"costUsd":{"value":0.5}'
  const atEnd = says(`{"type":"result","status":"success",${used}}`)

  it.each([
    ['max_budget', 0.1, '$0.10', '$0.50'],
    ['max_tokens', 1000, '1000', '2100'],
  ])('is held to %s there, and what it wrote is undone', async (guard, value, limit, observed) => {
    const guarded = w.replace('agent: odd', `agent: odd, guard: {${guard}: ${value}}`)
    const { engine, repo } = world({
      workflows: { w: guarded },
      script: '- do: []',
      agents: [odd([wrote, atEnd])],
    })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed', usage: { cost_usd: 0.5 } })
    expect(of(await engine.events(run.id), 'guard_triggered')).toMatchObject([{ guard, limit, observed }])
    expect(repo.exists(`../project.gump/run-${run.id}/a.txt`)).toBe(false)
  })

  it('passes below the limit', async () => {
    const guarded = w.replace('agent: odd', 'agent: odd, guard: {max_budget: 0.5, max_tokens: 2100}')
    const { engine } = world({
      workflows: { w: guarded },
      script: '- do: []',
      agents: [odd([wrote, atEnd])],
    })
    expect((await (await engine.start({ workflow: 'w' })).result).status).toBe('passed')
  })
})

describe('an agent whose tokens have no price', () => {
  const usage = says(
    '{"type":"usage","mode":"delta","tokens":{"input":100000,"output":0,"cacheRead":0,"cacheWrite":0}}',
  )
  const assumed = { input: 10, output: 20, cacheRead: 0, cacheWrite: 0, source: 'here', date: '2026-01-01' }
  const unpriced = odd([usage, wrote, success], {
    capabilities: {
      resume: true,
      maxTurns: false,
      nativeCost: false,
      usage: 'live',
      structuredOutput: false,
      stdinPrompt: true,
    },
  })
  const play = async (budget: number, settings = {}) => {
    const { engine } = world({ workflows: { w }, script: '- do: []', agents: [unpriced], settings })
    const run = await engine.start({ workflow: 'w', maxBudget: budget })
    const result = await run.result
    const events = await engine.events(run.id)
    return { result, messages: messages(events) }
  }

  it('is held to a budget at an assumed one, which is no cost', async () => {
    const settings = { assumedPricing: () => assumed }
    const { result, messages } = await play(0.5, settings)
    expect(result).toMatchObject({ status: 'failed', limitExceeded: 'max_budget' })
    expect(result.usage).toMatchObject({ cost_usd: 0, cost_source: 'unpriced', assumed_cost_usd: 1 })
    expect(messages[0]).toBe(
      'nothing has a price for the model that odd chooses: against the budget of $0.5 its tokens count at $10 in and $20 out per million (here); that is no part of the cost that is shown',
    )
    expect((await play(1.5, settings)).result.status).toBe('passed')
  })

  it('is not held to it where nothing can be assumed, which is said', async () => {
    const { result, messages } = await play(0.5)
    expect(result.status).toBe('passed')
    expect(messages[0]).toMatch(/^the budget of \$0\.5 cannot be held for odd: nothing has a price for/u)
  })
})
