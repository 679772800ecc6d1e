import {
  createTurnTracker,
  labelTurn,
  type AgentEvent,
  type FinishedTurn,
  type ToolKind,
  type TurnAction,
} from '@gump/agents'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const turn: AgentEvent = { type: 'turn_started' }
function tool(id: string, kind: ToolKind, target: string): AgentEvent {
  const where = kind === 'shell' ? { command: target } : { path: target }
  return { type: 'tool_started', id, tool: kind, kind, ...where }
}
function done(id: string, ok = true): AgentEvent {
  return { type: 'tool_finished', id, ok }
}
function used(mode: 'delta' | 'cumulative', input: number, contextTokens?: number): AgentEvent {
  const tokens = { input, output: 0, cacheRead: 0, cacheWrite: 0 }
  return { type: 'usage', mode, tokens, ...(contextTokens === undefined ? {} : { contextTokens }) }
}

/** Plays one event per second. */
function play(events: readonly AgentEvent[]): {
  turns: FinishedTurn[]
  tracker: ReturnType<typeof createTurnTracker>
} {
  const tracker = createTurnTracker({ nowMs: 0 })
  const turns = events.map((event, i) => tracker.take(event, (i + 1) * 1000)).filter((turn) => turn !== null)
  const last = tracker.finish((events.length + 1) * 1000)
  return { turns: last === null ? turns : [...turns, last], tracker }
}

describe('createTurnTracker', () => {
  it('cuts the stream into turns with their actions, tokens and times', () => {
    const { turns } = play([
      turn,
      tool('1', 'read', 'a.ts'),
      done('1'),
      used('delta', 10),
      turn,
      tool('2', 'edit', 'a.ts'),
      done('2', false),
      used('delta', 5),
    ])
    expect(turns).toEqual([
      {
        n: 1,
        label: 'exploration',
        actions: [{ kind: 'read', tool: 'read', target: 'a.ts', ok: true }],
        tokens: { input: 10, output: 0, cacheRead: 0, cacheWrite: 0 },
        startedMs: 1000,
        durationMs: 4000,
      },
      {
        n: 2,
        label: 'coding',
        actions: [{ kind: 'edit', tool: 'edit', target: 'a.ts', ok: false }],
        tokens: { input: 5, output: 0, cacheRead: 0, cacheWrite: 0 },
        startedMs: 5000,
        durationMs: 4000,
      },
    ])
  })

  it('turns cumulative figures into differences', () => {
    const { turns } = play([turn, used('cumulative', 10), turn, used('cumulative', 25), used('delta', 1)])
    expect(turns.map((one) => one.tokens.input)).toEqual([10, 16])
  })

  it('gives usage before the first turn to that turn', () => {
    expect(play([used('delta', 7), turn]).turns.map((one) => one.tokens.input)).toEqual([7])
  })

  it('credits a result that comes in a later turn to the action that started it', () => {
    const { turns, tracker } = play([turn, tool('1', 'shell', 'make'), turn, done('1', false)])
    expect(turns[0]?.actions[0]?.ok).toBeUndefined()
    expect(tracker.metrics().toolErrors).toBe(1)
  })

  it('measures the time to the first edit, outputs aside', () => {
    const { tracker } = play([turn, tool('1', 'write', '.gump/out/plan.json'), tool('2', 'write', 'a.ts')])
    expect(tracker.metrics().ttfdMs).toBe(3000)
    expect(play([turn]).tracker.metrics().ttfdMs).toBeNull()
  })

  it('counts repeated actions, but not those an edit gave a reason for', () => {
    const test = (id: string): AgentEvent => tool(id, 'shell', 'npm test')
    expect(
      play([test('1'), test('2'), tool('3', 'edit', 'a.ts'), test('4')]).tracker.metrics().repeatedActions,
    ).toBe(1)
  })

  it('counts a correction loop when an edit did not help', () => {
    const failing = (id: string): AgentEvent[] => [tool(id, 'shell', 'npm test'), done(id, false)]
    const edit = tool('e', 'edit', 'a.ts')
    expect(play([...failing('1'), ...failing('2')]).tracker.metrics().correctionLoops).toBe(0)
    expect(
      play([...failing('1'), edit, ...failing('2'), edit, ...failing('3')]).tracker.metrics().correctionLoops,
    ).toBe(2)
  })

  it('remembers the size of the context', () => {
    expect(play([turn, used('delta', 1, 100), used('delta', 1, 250)]).tracker.metrics().contextTokens).toBe(
      250,
    )
  })

  it('loses no token, whatever the order of events', () => {
    const event = fc.oneof(
      fc.constant(turn),
      fc.nat(1000).map((n) => used('delta', n)),
      fc.nat(5).map((n) => tool(String(n), 'shell', 'x')),
      fc.nat(5).map((n) => done(String(n))),
    )
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const { turns, tracker } = play([...events, turn])
        const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0)
        const fed = sum(events.map((one) => (one.type === 'usage' ? one.tokens.input : 0)))
        expect(sum(turns.map((one) => one.tokens.input))).toBe(fed)
        expect(turns.map((one) => one.n)).toEqual(turns.map((_, i) => i + 1))
        expect(tracker.turns).toBe(turns.length)
      }),
    )
  })
})

describe('labelTurn', () => {
  const action = (kind: ToolKind, target = 'x', name: string = kind): TurnAction => ({
    kind,
    tool: name,
    target,
  })
  it.each<[string, readonly TurnAction[]]>([
    ['reasoning', []],
    ['exploration', [action('read'), action('search')]],
    ['exploration', [action('shell', 'ls -la'), action('shell', "/bin/bash -lc 'cat a.ts'")]],
    ['coding', [action('write', 'a.ts'), action('edit', 'b.ts'), action('read')]],
    ['writing', [action('write', 'docs/README.md')]],
    ['execution', [action('shell', 'npm test')]],
    ['reviewing', [action('shell', 'git diff HEAD~1')]],
    ['reviewing', [action('write', '/ws/.gump/out/validate.json')]],
    ['planning', [action('write', '.gump/out/plan.json')]],
    ['planning', [action('other', 'x', 'TodoWrite')]],
    ['mixed', [action('read'), action('edit', 'a.ts')]],
  ])('%s', (label, actions) => {
    expect(labelTurn(actions)).toBe(label)
  })
})
