import {
  renderDetailText,
  renderForecastText,
  renderHtml,
  renderLast,
  renderReportJson,
  renderReportText,
  renderRunsTable,
  renderStatsText,
  createPlainRenderer,
  createLiveModel,
  renderLiveArea,
  selectStep,
  stats,
  summarise,
  toSpans,
} from '@gump/report'
import type { LedgerEvent, NewEvent } from '@gump/ledger'
import { array, assert, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adviseAll, forecast } from '@gump/advice'
import { anyEvent } from '@gump/testkit/any-event'
import { simulatedRun } from './support/arbitrary-run.js'
import { recorded, recordedLedger } from './support/ledgers.js'
import {
  completed,
  done,
  ended,
  failedGate,
  group,
  launching,
  passedGate,
  record,
  retry,
  started,
  step,
  tasks,
  usage,
} from './support/record.js'
import { recordFrom } from './support/records.js'
import { cheapRun } from './support/sample-runs.js'

const plain = { color: false }
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/
/** A page shows texts of several lines, with their tabs. */
const page = (html: string): string => html.replaceAll('\t', ' ')

/** Everything that can be rendered from a ledger. */
function everything(events: readonly LedgerEvent[]): string[] {
  const report = summarise(events)
  const records = [recordFrom(events, 1), recordFrom(events, 2)]
  const renderer = createPlainRenderer({ color: false, level: 'verbose' })
  const model = createLiveModel()
  const area = events.flatMap((event) => {
    model.push(event)
    return renderLiveArea(model, { width: 60, now: Date.parse(event.ts) + 1000, color: false })
  })
  return [
    renderReportText(report, plain),
    renderReportText(report, { color: false, width: 60 }),
    ...report.steps.map((one) => renderDetailText(events, one.path, plain)),
    renderLast([report, report], records, plain),
    renderStatsText(stats([report, report], { advice: adviseAll(records, { worth: null }) }), plain),
    events.flatMap((event) => renderer.push(event)).join('\n'),
    area.join('\n'),
    page(renderHtml(report)),
  ]
}

describe('every renderer', () => {
  test('takes any run, and lets no control character through', () => {
    assert(
      property(simulatedRun, ({ events }) => {
        for (const text of everything(events)) expect(text).not.toMatch(controls)
        JSON.parse(renderReportJson(summarise(events)))
        toSpans(events)
      }),
      { numRuns: 60 },
    )
  })

  test('takes any sequence of events, however little sense it makes', () => {
    assert(
      property(array(anyEvent, { maxLength: 25 }), (events) => {
        const ledger = record().put(...events).events
        const report = summarise(ledger)
        createLiveModel()
        const renderer = createPlainRenderer({ color: false })
        const lines = ledger.flatMap((event) => renderer.push(event)).join('\n')
        expect(lines).not.toMatch(controls)
        expect(renderReportText(report, plain)).not.toMatch(controls)
        expect(page(renderHtml(report))).not.toMatch(controls)
        renderReportJson(report)
        const advice = adviseAll([recordFrom(ledger)], { worth: null })
        expect(renderStatsText(stats([report], { advice }), plain)).not.toMatch(controls)
        toSpans(ledger)
      }),
      { numRuns: 150 },
    )
  })

  test('takes events of types that do not exist yet', () => {
    const unknown = { type: 'teleported', step: 'impl' } as unknown as NewEvent
    const events = record().put(started('x'), unknown, step({ step: 'impl', agent: 'x' })).events
    expect(everything(events)[0]).toContain('impl')
  })
})

describe('the report as text', () => {
  test('wraps its last column on a narrow terminal', () => {
    const names = ['blast_radius', 'compile', 'touched', 'tests_found', 'tests_fail']
    const events = record().put(
      started('tdd'),
      step({ step: 'red', agent: 'haiku' }),
      ...names.map((gate) => passedGate({ step: 'red', gate })),
      done({ step: 'red', ms: 5 }),
    ).events
    const lines = renderReportText(summarise(events), { color: false, width: 60 }).split('\n')
    expect(lines.slice(3, 6)).toEqual([
      'Step  Agent  Turns  Cost  Gate',
      'red   haiku  —      —     blast_radius+compile+touched+',
      '                          tests_found+tests_fail ✓',
    ])
  })

  test('breaks no word where columns do not fit', () => {
    const run = {
      alias: 'run_2026_03_23_1842',
      status: 'passed' as const,
      workflow: 'adversarial-review',
      startedAt: '2026-03-23T18:42:00.000Z',
      durationMs: 52_000,
      usage: usage(1.42),
      applied: true,
    }
    expect(renderRunsTable([run, { ...run, status: 'failed' }], { color: false, width: 60 })).toBe(
      ['pass', 'fail']
        .map((status) =>
          [
            'run_2026_03_23_1842',
            `  Status: ${status}`,
            '  Workflow: adversarial-review',
            '  Started (UTC): 2026-03-23 18:42',
            '  Duration: 52s',
            '  Cost: $1.42',
            '  applied',
          ].join('\n'),
        )
        .join('\n\n') + '\n',
    )
    const events = record().put(
      started('tdd'),
      step({ step: 'red', agent: 'haiku' }),
      passedGate({ step: 'red', gate: 'compile' }),
      done({ step: 'red', ms: 5 }),
    ).events
    const detail = renderDetailText(events, 'red', { color: false, width: 60 })
    expect(detail).toContain('\n1\n  Status: pass\n  Agent: haiku\n')
    expect(detail.split('\n').filter((line) => line.length > 60)).toEqual([])
  })

  test('has the look that people know', () => {
    const recording = record().put(started('tdd'))
    const agentStep = (
      path: string,
      agent: string,
      turns: number,
      cost: number,
      gates: string[],
      type: 'code' | 'split' = 'code',
    ) =>
      recording.put(
        step({ step: path, agent, type }),
        launching({ step: path, agent }),
        completed({ step: path, usage: usage(cost), turns }),
        ...(type === 'split' ? [tasks({ step: path, tasks: ['a'] })] : []),
        ...gates.map((gate) => passedGate({ step: path, gate })),
        done({ step: path, ms: 1000 }),
      )
    agentStep('decompose', 'claude-opus', 3, 0.31, ['schema'], 'split')
    recording.put(group({ step: 'decompose', items: ['a'], each: true }))
    agentStep('decompose/a/red', 'claude-haiku', 8, 0.12, ['compile', 'touched', 'tests_found'])
    const green = 'decompose/a/green'
    for (const [n, agent] of ['claude-haiku', 'claude-haiku', 'claude-sonnet'].entries()) {
      const where = { step: green, attempt: n + 1 }
      recording.put(
        step({ ...where, agent, max: 4 }),
        launching({ ...where, agent }),
        completed({ ...where, usage: usage(n === 2 ? 0.24 : 0.1), turns: 4 }),
      )
      if (n < 2)
        recording.put(
          failedGate({ ...where, gate: 'test' }),
          retry({ ...where, ...(n === 1 ? { agent: 'claude-sonnet' } : {}) }),
        )
      else
        recording.put(
          passedGate({ ...where, gate: 'compile' }),
          passedGate({ ...where, gate: 'test' }),
          done({ ...where, ms: 1 }),
        )
    }
    recording.put(
      step({ step: 'quality' }),
      ...['compile', 'lint', 'test'].map((gate) => passedGate({ step: 'quality', gate })),
      done({ step: 'quality', kind: 'gate', ms: 1 }),
    )
    recording.put(ended('passed', usage(0.87), 47_000))
    expect(renderReportText(summarise(recording.events), plain)).toBe(
      `
Run: run_2026_03_23_1842
Workflow: tdd · Status: pass · Duration: 47s · Cost: $0.87

Step               Agent          Turns  Cost   Gate
decompose          claude-opus    3      $0.31  schema ✓
decompose/a/red    claude-haiku   8      $0.12  compile+touched+tests_found ✓
decompose/a/green  claude-sonnet  12     $0.44  compile+test ✓ (escalated, 2 retries)
quality            —              —      —      compile+lint+test ✓

2 retries · 1 escalation
Spent on attempts that passed: $0.67 · that did not: $0.20
`.slice(1),
    )
  })

  test('says what failed, and what is estimated or has no price', () => {
    const events = record().put(
      started('x'),
      step({ step: 'a', agent: '模型', max: 2 }),
      launching({ step: 'a', agent: '模型' }),
      completed({ step: 'a', usage: usage(0.0042, 10, 'estimated') }),
      failedGate({ step: 'a', gate: 'test' }),
      retry({ step: 'a' }),
      step({ step: 'a', attempt: 2, agent: '模型', max: 2 }),
      launching({ step: 'a', attempt: 2, agent: '模型' }),
      completed({ step: 'a', attempt: 2, usage: usage(0, 10, 'unpriced') }),
      passedGate({ step: 'a', attempt: 2, gate: 'compile' }),
      { type: 'gate_skipped', step: 'a', round: 1, attempt: 2, gate: 'lint', reason: 'none' },
      failedGate({ step: 'a', attempt: 2, gate: 'test' }),
      done({ step: 'a', attempt: 2, status: 'fatal', reason: 'test failed', ms: 1 }),
      { type: 'warning', step: 'a', code: 'GUMP-X', message: 'odd\nthing' },
      ended('failed', usage(0.0042, 10, 'unpriced'), 3_723_000, { step: 'a', reason: 'a: test failed' }),
    ).events
    expect(renderReportText(summarise(events), plain)).toBe(
      `
Run: run_2026_03_23_1842
Workflow: x · Status: fail · Duration: 1h 02m · Cost: $0.0042 + unpriced

Step  Agent  Turns  Cost                Gate
a     模型   2      $0.0042 + unpriced  compile ✓ lint skipped test ✗ (failed, 1 retry)

1 retry

Failed step: a
Reason: a: test failed

Costs are estimated from tokens and list prices.

Warning: [a] odd ⏎ thing (GUMP-X)
`.slice(1),
    )
  })

  test.each(recorded)('%s', async (name) => {
    const events = await recordedLedger(name)
    const report = summarise(events)
    const texts = [
      renderReportText(report, plain),
      ...report.steps.map((one) => renderDetailText(events, one.path, plain)),
    ]
    await expect(texts.join('\n========\n\n')).toMatchFileSnapshot(
      `fixtures/golden/${name.replace('/', '-')}.report.txt`,
    )
  })

  test('is cut to a narrow terminal and styled on a colourful one', () => {
    const narrow = renderReportText(summarise(cheapRun()), { color: true, width: 40 })
    expect(narrow).toContain('…/fix-login/impl\n  Agent: qwen\n')
    expect(narrow).toContain('\u001b[32mpass\u001b[39m')
  })
})

describe('the report as JSON', () => {
  test('has the spelling of the ledger', () => {
    const json = JSON.parse(renderReportJson(summarise(cheapRun()))) as Record<string, unknown>
    expect(json).toMatchObject({
      alias: 'run_2026_03_23_1842',
      status: 'passed',
      started_at: '2026-03-23T18:42:00.000Z',
      duration_ms: 52_000,
      cost_usd: 0.83,
      cost_unpriced: false,
      guard_trips: 0,
      base_commit: 'c0ffee',
    })
    const text = JSON.stringify(json)
    expect(text).not.toMatch(/"[a-z]+[A-Z]/)
    expect(text).not.toContain('NaN')
  })

  test('says null for a step without agent, and keeps what a split wrote', () => {
    const events = record().put(
      step({ step: 's', agent: 'x', type: 'split' }),
      launching({ step: 's', agent: 'x' }),
      {
        type: 'output_collected',
        step: 's',
        round: 1,
        attempt: 1,
        launch: 1,
        from: 'file',
        tasks: [{ slug: 'a', name: 'a', description: '', extra: { dueAt: 1e300, camelCase: 1 } }],
      },
      step({ step: 'quality' }),
    ).events
    const json = JSON.parse(renderReportJson(summarise(events))) as {
      steps: { cost_usd: number | null; attempts: { tasks: unknown }[] }[]
    }
    expect(json.steps.map((one) => one.cost_usd)).toEqual([0, null])
    expect(json.steps[0]?.attempts[0]?.tasks).toMatchObject([{ extra: { dueAt: 1e300, camelCase: 1 } }])
  })
})

describe('choosing a step', () => {
  const report = summarise(cheapRun())

  test.each([
    ['decompose', 'decompose'],
    ['decompose/add-auth/impl', 'decompose/add-auth/impl'],
    ['add-auth/impl', 'decompose/add-auth/impl'],
    ['build/add-auth/impl', 'decompose/add-auth/impl'],
    ['/quality/', 'quality'],
  ])('%s', (selector, path) => expect(selectStep(report, selector)).toBe(path))

  test('an ambiguous one lists the candidates, an unknown one what there is', () => {
    expect(() => selectStep(report, 'impl')).toThrow(
      expect.objectContaining({
        code: 'GUMP-R002',
        data: expect.objectContaining({
          candidates: ['decompose/fix-login/impl', 'decompose/add-auth/impl'],
        }),
      }),
    )
    expect(() => selectStep(report, 'qualty')).toThrow(
      expect.objectContaining({ remedy: 'use one of: quality' }),
    )
    expect(() => selectStep(report, '')).toThrow(expect.objectContaining({ code: 'GUMP-R002' }))
  })
})

describe('lists', () => {
  test('runs', () => {
    const row = {
      alias: 'run_2026_03_23_1842',
      status: 'running',
      workflow: 'tdd',
      startedAt: '2026-03-23T18:42:00.000Z',
      durationMs: null,
      usage: usage(1.42),
      currentSteps: ['a/b'],
    } as const
    expect(
      renderRunsTable(
        [
          row,
          {
            ...row,
            alias: 'run_2026_03_22_0900',
            status: 'passed',
            durationMs: 125_000,
            applied: true,
          },
        ],
        plain,
      ),
    ).toBe(
      `
Run                  Status   Workflow  Started (UTC)     Duration  Cost
run_2026_03_23_1842  running  tdd       2026-03-23 18:42  —         $1.42  a/b
run_2026_03_22_0900  pass     tdd       2026-03-23 18:42  2m 05s    $1.42  applied
`.slice(1),
    )
    expect(renderRunsTable([], plain)).toBe('No runs.\n')
  })

  test('the last runs together', async () => {
    const ledgers = [cheapRun(), await recordedLedger('0.1.0/interrupted-then-failed')]
    const reports = ledgers.map((events) => summarise(events))
    await expect(renderLast(reports, ledgers.map(recordFrom), plain)).toMatchFileSnapshot(
      'fixtures/golden/last.txt',
    )
    expect(renderLast([], [], plain)).toBe('No runs.\n')
  })

  test('statistics and forecast', async () => {
    const ledgers = Array.from({ length: 12 }, () => cheapRun())
    const records = ledgers.map(recordFrom)
    const reports = ledgers.map((events) => summarise(events))
    const plan = {
      workflow: 'cheap2sota',
      steps: [
        {
          path: 'decompose',
          agent: 'claude-sonnet',
          steps: [{ path: 'decompose/<task>/impl', agent: 'qwen', steps: [] }],
        },
        { path: 'quality', agent: null, steps: [] },
        { path: 'extra', agent: 'codex', steps: [] },
      ],
    }
    expect(renderForecastText(forecast(records, plan))).toBe(
      `
Forecast for a run, from 12 finished runs:
  cost  P50 $0.83  P90 $0.83
  time  P50 52s  P90 52s
  without extra: not seen in these runs
`.slice(1),
    )
    expect(renderForecastText(forecast(records.slice(0, 6), plan))).toBe(
      'Forecast: too few runs, 4 more finished ones with these agents needed.\n',
    )
    expect(renderForecastText(forecast([], plan))).toBe('')
    const tdd = await recordedLedger('0.1.0/tdd-passed')
    const worth = { valueUsd: 2, hourUsd: 0 }
    const all = stats([...reports, summarise(tdd)], {
      worth,
      advice: adviseAll([...records, recordFrom(tdd)], { worth }),
    })
    await expect(renderStatsText(all, plain)).toMatchFileSnapshot('fixtures/golden/stats.txt')
  })
})
