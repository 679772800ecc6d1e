import { renderReportText, renderStatsText, stats, summarise, type RunReport } from '@gump/report'
import type { NewEvent } from '@gump/ledger'
import { assert, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simulatedRun } from './support/arbitrary-run.js'
import { recordedLedger } from './support/ledgers.js'
import {
  completed,
  done,
  ended,
  group,
  launching,
  nothing,
  passedGate,
  record,
  retry,
  started,
  step,
  turn,
  usage,
} from './support/record.js'
import { cheapRun } from './support/sample-runs.js'

const of = (...events: NewEvent[]): RunReport => summarise(record().put(...events).events)
const launch = { step: 'impl', round: 1, attempt: 1, launch: 1 }

describe('a report', () => {
  test('adds up a whole run', () => {
    const report = summarise(cheapRun())
    expect(report).toMatchObject({
      alias: 'run_2026_03_23_1842',
      workflow: 'cheap2sota',
      spec: 'spec.md',
      status: 'passed',
      durationMs: 52_000,
      turns: { known: 8, unknown: false },
      attempts: 5,
      retries: 1,
      escalations: 0,
      guardTrips: 0,
      resumes: 0,
      cost: { microUsd: 830_000, estimatedMicroUsd: 0, unpriced: false, any: true },
    })
    expect(
      report.steps.map((step) => [step.path, step.key, step.agent, step.status, step.turns.known]),
    ).toEqual([
      ['decompose', 'decompose', 'claude-sonnet', 'pass', 2],
      ['decompose/fix-login/impl', 'decompose/*/impl', 'qwen', 'pass', 1],
      ['decompose/add-auth/impl', 'decompose/*/impl', 'qwen', 'pass', 5],
      ['quality', 'quality', null, 'pass', 0],
    ])
    expect(report.steps[0]?.items).toEqual(['fix-login', 'add-auth'])
  })

  test('its cost is the sum over all launches, exactly', () => {
    assert(
      property(simulatedRun, ({ events, microUsd, launches }) => {
        const report = summarise(events)
        expect(report.cost.microUsd).toBe(microUsd)
        const all = report.steps.flatMap((step) => step.attempts).flatMap((attempt) => attempt.launches)
        expect(all).toHaveLength(launches)
        expect(all.reduce((sum, one) => sum + one.cost.microUsd, 0)).toBe(microUsd)
        expect(report.steps.reduce((sum, step) => sum + step.cost.microUsd, 0)).toBe(microUsd)
      }),
      { numRuns: 300 },
    )
  })

  test('a third of a cent stays a third of a cent', () => {
    const events = Array.from({ length: 3 }, (_, index) => [
      step({ step: `s${index}`, agent: 'x' }),
      launching({ step: `s${index}`, agent: 'x' }),
      completed({ step: `s${index}`, usage: usage(0.1) }),
    ]).flat()
    expect(of(...events).cost.microUsd).toBe(300_000)
  })

  test('a launch in progress is worth its turns, one that ended what it says', () => {
    const begun = [
      step({ step: 'impl', agent: 'x' }),
      launching({ step: 'impl', agent: 'x' }),
      turn({ step: 'impl', n: 1, usage: usage(0.2) }),
    ]
    expect(of(...begun).cost.microUsd).toBe(200_000)
    expect(of(...begun, completed({ step: 'impl', usage: usage(0.25) })).cost.microUsd).toBe(250_000)
    expect(of(...begun, completed({ step: 'impl', usage: usage(0.15) })).cost.microUsd).toBe(150_000)
  })

  test('a launch that was lost is worth at least the turns that were seen', () => {
    const begun = [
      step({ step: 'impl', agent: 'x' }),
      launching({ step: 'impl', agent: 'x' }),
      turn({ step: 'impl', n: 1, usage: usage(0.2) }),
    ]
    const lost = (cost: number): NewEvent => ({
      type: 'agent_killed',
      ...launch,
      usage: cost === 0 ? nothing : usage(cost),
      turns: 0,
      duration_ms: 0,
      reason: 'gone',
      by: 'lost',
    })
    expect(of(...begun, lost(0)).cost.microUsd).toBe(200_000)
    expect(of(...begun, lost(0.3)).cost.microUsd).toBe(300_000)
    expect(of(...begun, lost(0)).steps[0]?.attempts[0]?.launches[0]?.status).toBe('interrupted')
  })

  test('unpriced usage is marked, unless nothing was used', () => {
    const run = (used: ReturnType<typeof usage>, turns = 1) =>
      of(
        step({ step: 'impl', agent: 'x' }),
        launching({ step: 'impl', agent: 'x' }),
        completed({ step: 'impl', usage: used, turns }),
      ).cost
    expect(run(usage(0, 10, 'unpriced'))).toMatchObject({ unpriced: true, microUsd: 0 })
    expect(run({ ...nothing, cost_source: 'unpriced' })).toMatchObject({ unpriced: true })
    const failed = of(step({ step: 'impl', agent: 'x' }), launching({ step: 'impl', agent: 'x' }), {
      type: 'agent_failed',
      ...launch,
      usage: { ...nothing, cost_source: 'unpriced' },
      turns: 0,
      duration_ms: 1,
      cause: 'auth',
      message: 'no',
    })
    expect(failed.cost.unpriced).toBe(false)
    expect(run(usage(1, 10, 'estimated'))).toMatchObject({ estimatedMicroUsd: 1_000_000 })
  })

  test('what an agent did is unknown, never zero, when its stream was not understood', () => {
    const unpriced = { ...nothing, cost_source: 'unpriced' } as const
    const blind = { usage: unpriced, turns: 0, more: { compat: true, tool_errors: 0, repeated_actions: 0 } }
    const report = of(
      step({ step: 'a', agent: 'x' }),
      launching({ step: 'a', agent: 'x' }),
      completed({ step: 'a', ...blind }),
      step({ step: 'b', agent: 'y' }),
      launching({ step: 'b', agent: 'y' }),
      completed({ step: 'b', usage: usage(0.5), turns: 3 }),
    )
    expect(report.steps.map(({ turns, tokens, cost }) => [turns, tokens.unknown, cost.unpriced])).toEqual([
      [{ known: 0, unknown: true }, true, true],
      [{ known: 3, unknown: false }, false, false],
    ])
    expect(report).toMatchObject({
      turns: { known: 3, unknown: true },
      tokens: { output: 100, unknown: true },
      cost: { microUsd: 500_000, unpriced: true },
    })
    expect(report.steps[0]?.attempts[0]?.launches[0]).toMatchObject({
      toolErrors: null,
      correctionLoops: null,
      repeatedActions: null,
    })
    const failed = of(step({ step: 'a', agent: 'x' }), launching({ step: 'a', agent: 'x' }), {
      type: 'agent_failed',
      ...launch,
      step: 'a',
      usage: unpriced,
      turns: 0,
      duration_ms: 1,
      compat: true,
      cause: 'error',
      message: 'exit code 1',
    })
    expect(failed).toMatchObject({
      turns: { unknown: true },
      tokens: { unknown: true },
      cost: { unpriced: true },
    })
  })

  test('tokens of an agent that tells its cost or nothing at all are unknown', () => {
    const tokens = (used: typeof nothing) =>
      of(
        step({ step: 'a', agent: 'x' }),
        launching({ step: 'a', agent: 'x' }),
        turn({ step: 'a', n: 1, usage: { ...nothing, cost_source: 'unpriced' } }),
        completed({ step: 'a', usage: used }),
      ).tokens.unknown
    expect(tokens({ ...nothing, cost_usd: 0.1 })).toBe(true)
    expect(tokens({ ...nothing, cost_source: 'unpriced' })).toBe(true)
    // It says that it used nothing.
    expect(tokens(nothing)).toBe(false)
  })

  test('a turn that does not say what it used has no cost, and a launch in progress none so far', () => {
    const report = of(
      step({ step: 'a', agent: 'x' }),
      launching({ step: 'a', agent: 'x' }),
      turn({ step: 'a', n: 1, usage: { ...nothing, cost_source: 'unpriced' } }),
    )
    const [only] = report.steps[0]?.attempts[0]?.launches ?? []
    expect(only?.turns[0]).toMatchObject({ cost: { any: false }, tokens: { unknown: true } })
    expect(report).toMatchObject({ cost: { microUsd: 0, unpriced: true }, tokens: { unknown: true } })
  })

  test('an escalation is a retry that changed the agent', () => {
    const report = of(
      step({ step: 'impl', agent: 'a', max: 4 }),
      launching({ step: 'impl', agent: 'a' }),
      retry({ step: 'impl', agent: 'a', escalated: true }),
      step({ step: 'impl', attempt: 2, agent: 'a', max: 4 }),
      // Something else stands in for `a` here.
      launching({ step: 'impl', attempt: 2, agent: 'codex' }),
      retry({ step: 'impl', attempt: 2, agent: 'b' }),
      step({ step: 'impl', attempt: 3, agent: 'b', max: 4 }),
      retry({ step: 'impl', attempt: 3 }),
    )
    expect(report).toMatchObject({ retries: 3, escalations: 1 })
    expect(report.steps[0]?.attempts.map((attempt) => attempt.retry?.escalated)).toEqual([false, true, false])
  })

  test('who takes over because a person said so is no escalation', () => {
    const report = of(
      step({ step: 'impl', agent: 'slow', max: 2 }),
      launching({ step: 'impl', agent: 'slow' }),
      { type: 'run_resumed', owner: 2, retry_failed: false, options: { agent_override: 'other' } },
      launching({ step: 'impl', agent: 'other', launch: 2 }),
      retry({ step: 'impl', agent: 'other' }),
    )
    expect(report).toMatchObject({ retries: 1, escalations: 0 })
  })

  test('leaves out the time that a person took to answer', () => {
    const recording = record().put(started('x'), step({ step: 'impl', agent: 'x' }))
    const pause = { step: 'impl', round: 1, attempt: 1, at: 'after_gate' } as const
    recording.at(1).put({ type: 'hitl_paused', ...pause })
    recording.at(3_600).put({ type: 'hitl_resumed', ...pause, decision: 'continue' })
    expect(summarise(recording.events).steps[0]?.durationMs).toBeLessThanOrEqual(1_000)
  })

  test('a retry says what happened to the session, not what was intended', () => {
    const events = record().put(
      started('one'),
      step({ step: 'impl', agent: 'plain', max: 3 }),
      launching({ step: 'impl', agent: 'plain' }),
      retry({ step: 'impl', agent: 'plain' }),
      step({ step: 'impl', agent: 'plain', attempt: 2, max: 3 }),
      launching({ step: 'impl', agent: 'plain', attempt: 2 }),
      retry({ step: 'impl', agent: 'plain', attempt: 2 }),
    ).events
    const attempts = summarise(events).steps[0]?.attempts
    expect(attempts?.map((attempt) => attempt.retry?.session)).toEqual(['new', 'keep'])
  })

  test('leaves out the time between two sessions', () => {
    const recording = record().put(started('x'))
    recording.at(10).put(step({ step: 'impl', agent: 'x' }))
    recording.at(20).put({ type: 'timer_fired', timer: 't' })
    recording
      .at(90_020)
      .put({ type: 'run_resumed', owner: 2, retry_failed: false, limits: { max_budget_usd: 9 } })
    recording.at(90_030).put(passedGate({ step: 'impl', gate: 'test' }))
    const report = summarise(recording.events)
    expect(report.durationMs).toBe(30_000)
    expect(report.steps[0]?.durationMs).toBe(20_000)
    expect(report.sessions.map(({ startedAt, endedAt }) => endedAt - startedAt)).toEqual([20_000, 10_000])
    expect(report).toMatchObject({ resumes: 1, limits: { max_budget_usd: 9 }, status: 'interrupted' })
  })

  test.each([
    ['running', 'running'],
    ['interrupted', 'interrupted'],
  ] as const)('of a run that is %s says so of its open steps', (status, expected) => {
    const events = record().put(
      started('x'),
      step({ step: 'impl', agent: 'x', max: 2 }),
      launching({ step: 'impl', agent: 'x' }),
    ).events
    expect(summarise(events, { status }).steps[0]?.status).toBe(expected)
    const retried = record().put(
      started('x'),
      step({ step: 'impl', agent: 'x', max: 2 }),
      retry({ step: 'impl' }),
    ).events
    expect(summarise(retried, { status }).steps[0]?.status).toBe(expected)
  })

  test('of a parked and of a paused run says so', async () => {
    const parked = await recordedLedger('0.1.0/parked-torn')
    expect(summarise(parked, { status: 'parked' }).steps[0]?.status).toBe('parked')
    const paused = of(
      started('x'),
      step({ step: 'impl', agent: 'x' }),
      { type: 'hitl_paused', step: 'impl', round: 1, attempt: 1, at: 'after_gate' },
      ended('paused', nothing, 10, { step: 'impl' }),
    )
    expect(paused).toMatchObject({ status: 'paused', failedStep: 'impl' })
    expect(paused.steps[0]?.status).toBe('paused')
  })

  test('of a run that failed gives step, reason and limit; a resume takes them back', () => {
    const failing: NewEvent[] = [
      started('x'),
      step({ step: 'impl', agent: 'x' }),
      { type: 'budget_exceeded', limit: 'max_budget', allowed: 1, observed: 1.5 },
      done({ step: 'impl', status: 'fatal', reason: 'no', ms: 1 }),
      ended('failed', nothing, 10, { step: 'impl', reason: 'impl: no' }),
    ]
    expect(of(...failing)).toMatchObject({
      failedStep: 'impl',
      reason: 'impl: no',
      exceeded: { limit: 'max_budget' },
    })
    expect(of(...failing, { type: 'run_resumed', owner: 2, retry_failed: true })).toMatchObject({
      failedStep: null,
      reason: null,
      endedAt: null,
    })
  })

  test('takes rounds as further attempts of the step', () => {
    const report = of(
      step({ step: 'impl', agent: 'x' }),
      done({ step: 'impl', ms: 1 }),
      { type: 'conflict', step: 'impl', task: 'a', files: [], action: 'rerun', onto: 'c' },
      step({ step: 'impl', round: 2, agent: 'x' }),
      { ...done({ step: 'impl', ms: 1 }), round: 2 } as NewEvent,
    )
    expect(report.steps[0]).toMatchObject({ status: 'pass', conflicts: 1 })
    expect(report.steps[0]?.attempts.map((attempt) => [attempt.round, attempt.attempt])).toEqual([
      [1, 1],
      [2, 1],
    ])
  })

  test('counts correction loops and tool errors from the actions when the agent does not say', () => {
    const actions = [
      { kind: 'edit', tool: 'Edit' },
      { kind: 'shell', tool: 'Bash', ok: false },
      { kind: 'read', tool: 'Read' },
      { kind: 'edit', tool: 'Edit' },
      { kind: 'edit', tool: 'Edit' },
      { kind: 'shell', tool: 'Bash', ok: false },
      { kind: 'shell', tool: 'Bash', ok: true },
      { kind: 'write', tool: 'Write' },
    ]
    const report = of(
      step({ step: 'impl', agent: 'x' }),
      launching({ step: 'impl', agent: 'x' }),
      turn({ step: 'impl', n: 1, usage: nothing, actions }),
    )
    expect(report.steps[0]?.attempts[0]?.launches[0]).toMatchObject({ correctionLoops: 1, toolErrors: 2 })
  })

  test('of groups, of nothing, and of a ledger without its beginning', () => {
    expect(summarise([])).toMatchObject({ id: '', steps: [], durationMs: 0, status: 'interrupted' })
    expect(
      of(launching({ step: 'impl', agent: 'x' }), completed({ step: 'impl', usage: usage(0.5) })),
    ).toMatchObject({ cost: { microUsd: 500_000 } })
    const grouped = of(
      group({ step: 'all', max: 2 }),
      retry({ step: 'all' }),
      group({ step: 'all', attempt: 2, max: 2 }),
      done({ step: 'all', attempt: 2, kind: 'group', ms: 1 }),
    )
    expect(grouped.steps[0]).toMatchObject({ kind: 'group', status: 'pass', retries: 1 })
  })
})

describe('a code step that changed nothing', () => {
  const worked = (files: readonly string[], step_type: 'code' | 'validate' = 'code') =>
    of(
      { ...step({ step: 'impl', agent: 'x' }), step_type } as NewEvent,
      launching({ step: 'impl', agent: 'x' }),
      completed({ step: 'impl', usage: usage(0.1) }),
      ...(files.length === 0
        ? []
        : [
            {
              type: 'snapshot_created',
              step: 'impl',
              round: 1,
              attempt: 1,
              launch: 1,
              commit: 'c1',
              tree: 't1',
              ref: 'refs/gump/x',
              files: files.map((path) => ({
                path,
                status: 'modified' as const,
                insertions: 1,
                deletions: 0,
              })),
              insertions: 1,
              deletions: 0,
              diff: { path: 'diff.patch', bytes: 1, sha256: 'x' },
            } as const,
          ]),
      {
        type: 'output_collected',
        step: 'impl',
        round: 1,
        attempt: 1,
        launch: 1,
        from: 'tree',
      },
      done({ step: 'impl', ms: 1000 }),
    )

  test('is shown as such in the report, and counted in statistics', () => {
    const report = worked([])
    expect(report.steps[0]?.unchanged).toBe(true)
    expect(renderReportText(report)).toMatch(/\(no changes\)/)
    expect(renderStatsText(stats([report, worked(['a.ts'])]))).toMatch(/1 code step changed nothing/)
  })

  test('is one that did not change, and no other kind of step', () => {
    expect(worked(['a.ts']).steps[0]?.unchanged).toBe(false)
    expect(worked([], 'validate').steps[0]?.unchanged).toBe(false)
  })
})
