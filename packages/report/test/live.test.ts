import { createLiveModel, renderLiveArea, type LiveModel } from '@gump/report'
import type { NewEvent } from '@gump/ledger'
import { assert, integer, property } from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { simulatedRun } from './support/arbitrary-run.js'
import {
  completed,
  done,
  ended,
  epoch,
  group,
  launching,
  nothing,
  record,
  started,
  step,
  turn,
  usage,
} from './support/record.js'
import { cheapRun } from './support/sample-runs.js'

const live = (path: string, event: Parameters<LiveModel['live']>[0]['event']) => ({
  step: path,
  round: 1,
  attempt: 1,
  event,
})
const show = (model: LiveModel, seconds: number, width = 120): string[] =>
  renderLiveArea(model, { width, now: epoch + seconds * 1000, color: false })

function model(...events: NewEvent[]): LiveModel {
  const made = createLiveModel()
  for (const event of record().put(...events).events) made.push(event)
  return made
}

describe('the live area', () => {
  test('shows each running step with time, turn, action and cost', () => {
    const it = model(
      started('x', { limits: { max_budget_usd: 5 } }),
      step({ step: 'a', agent: 'claude', max: 3 }),
      launching({ step: 'a', agent: 'claude' }),
      turn({ step: 'a', n: 1, usage: usage(0.25) }),
      step({ step: 'long/b', agent: 'codex' }),
    )
    it.live(live('a', { type: 'turn_started' }))
    it.live(live('a', { type: 'tool_started', tool: 'Bash', kind: 'shell', command: 'npm\ntest\u001b[2J' }))
    expect(show(it, 65)).toEqual([
      String.raw`⠹ a       claude  attempt 1/3  1m 05s  turn 2  $0.25  bash npm ⏎ test\x1b[2J`,
      '⠹ long/b  codex  attempt 1  1m 05s  preparing',
      '────────────────────  0/2 steps  $0.25 of $5.00  1m 05s  Ctrl-C stops, the run can be resumed',
    ])
    it.live(live('a', { type: 'tool_finished' }))
    it.live(live('nowhere', { type: 'text' }))
    expect(show(it, 65)[0]).toContain('thinking')
    it.live(live('a', { type: 'retry_wait', status: 429 }))
    expect(show(it, 65)[0]).toContain('waiting for the provider (HTTP 429)')
    it.live(live('a', { type: 'text' }))
    expect(show(it, 65)[0]).toContain('writing')
  })

  test('follows a step through its phases', () => {
    const it = model(
      started('x'),
      step({ step: 'a', agent: 'claude' }),
      launching({ step: 'a', agent: 'claude' }),
    )
    const where = { step: 'a', round: 1, attempt: 1 }
    const push = (event: NewEvent): string => {
      for (const one of record().put(event).events) it.push(one)
      return show(it, 10)[0] ?? ''
    }
    expect(push(completed({ step: 'a', usage: usage(0.5) }))).toContain('$0.50  collecting')
    expect(push({ type: 'gate_started', ...where, gate: 'test' })).toContain('gate test')
    expect(push({ type: 'gate_passed', ...where, gate: 'test', duration_ms: 1 })).toContain('gates')
    expect(push({ type: 'hitl_paused', ...where, at: 'after_gate' })).toMatch(/^∥ a .*waits for a person/)
    expect(push({ type: 'hitl_resumed', ...where, at: 'after_gate', decision: 'continue' })).toContain(
      'collecting',
    )
    expect(
      push({
        type: 'agent_parked',
        ...where,
        launch: 1,
        until: new Date(epoch + 70_000).toISOString(),
        reason: 'limit',
      }),
    ).toContain('parked for 1m 00s')
    expect(push({ type: 'agent_unparked', ...where, launch: 1 })).toContain('preparing')
    expect(push({ type: 'cancel_requested', reason: 'Ctrl-C' })).toBeTruthy()
    expect(show(it, 10).at(-1)).toContain('stopping; Ctrl-C again stops at once')
    expect(push(done({ step: 'a', ms: 1 }))).toContain('1/1 steps')
    push(ended('passed', nothing, 1))
    expect(show(it, 10)).toEqual([])
    expect(show(createLiveModel(), 1)).toEqual([])
  })

  test('counts the steps of a plan, tasks as soon as they are known', () => {
    const plan = [
      {
        path: 'decompose',
        kind: 'agent',
        type: 'split',
        steps: [
          { path: 'decompose/<task>/impl', kind: 'agent', steps: [] },
          { path: 'decompose/<task>/check', kind: 'gate', steps: [] },
        ],
      },
      { path: 'quality', kind: 'gate', steps: [] },
    ] as const
    const it = createLiveModel({ plan })
    const seen = cheapRun().map((event) => {
      it.push(event)
      const { done, total } = it.state().progress
      return `${done}/${total}`
    })
    expect(seen[0]).toBe('0/4')
    expect([...new Set(seen)]).toEqual(['0/4', '1/4', '1/6', '2/6', '3/6', '4/6'])
  })

  test('steps inside validators are no steps of the plan', () => {
    const it = model(
      started('x'),
      step({ step: 'a', agent: 'x' }),
      step({ step: 'a/gate.review/judge', agent: 'y' }),
    )
    expect(it.state()).toMatchObject({
      progress: { done: 0, total: 1 },
      running: [{ path: 'a' }, { path: 'a/gate.review/judge' }],
    })
  })

  test('a resume starts the clock and the display again, and keeps the money', () => {
    const it = model(
      started('x'),
      step({ step: 'a', agent: 'x' }),
      launching({ step: 'a', agent: 'x' }),
      turn({ step: 'a', n: 1, usage: usage(0.2) }),
      {
        type: 'run_resumed',
        owner: 2,
        retry_failed: false,
        limits: { max_budget_usd: 9 },
      },
    )
    expect(it.state()).toMatchObject({
      running: [],
      cost: { microUsd: 200_000 },
      limits: { max_budget_usd: 9 },
    })
  })

  test('more steps than room are counted', () => {
    const it = model(
      started('x'),
      group({ step: 'g', items: ['a'], parallel: true }),
      ...Array.from({ length: 20 }, (_, n) => step({ step: `g/${n}`, agent: 'x' })),
    )
    const lines = renderLiveArea(it, { width: 80, now: epoch, color: false, height: 6 })
    expect(lines).toHaveLength(6)
    expect(lines[4]).toBe('  +16 more')
  })

  test('no line is ever wider than the terminal', () => {
    assert(
      property(simulatedRun, integer({ min: 20, max: 200 }), ({ events }, width) => {
        const it = createLiveModel()
        for (const event of events) {
          it.push(event)
          for (const line of renderLiveArea(it, { width, now: epoch, color: true })) {
            expect(stringWidth(line)).toBeLessThanOrEqual(width)
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})
