import { renderHtml, renderReportText, summarise } from '@gump/report'
import { expect, test } from 'vitest'
import {
  completed,
  done,
  ended,
  launching,
  passedGate,
  record,
  retry,
  started,
  step,
  usage,
} from './support/record.js'

const judge = 'impl/gate.review/check'

/** An attempt that fails a validator, one that passes it, and another step beside. */
function run() {
  const second = { step: 'impl', attempt: 2 }
  const again = { step: judge, round: 2 }
  return record()
    .put(
      started('w'),
      step({ step: 'impl', agent: 'a', max: 2 }),
      launching({ step: 'impl', agent: 'a' }),
      completed({ step: 'impl', usage: usage(1) }),
      step({ step: 'other', agent: 'b' }),
      launching({ step: 'other', agent: 'b' }),
    )
    .at(10)
    .put(
      step({ step: judge, agent: 'c', type: 'validate' }),
      launching({ step: judge, agent: 'c' }),
      completed({ step: judge, usage: usage(0.25) }),
      done({ step: judge, ms: 1 }),
    )
    .at(20)
    .put(
      retry({ step: 'impl' }),
      step({ ...second, agent: 'a', max: 2 }),
      launching({ ...second, agent: 'a' }),
    )
    .put(
      completed({ ...second, usage: usage(2) }),
      step({ ...again, agent: 'c', type: 'validate' }),
      launching({ ...again, agent: 'c' }),
      completed({ ...again, usage: usage(0.5) }),
      done({ ...again, ms: 1 }),
      completed({ step: 'other', usage: usage(4) }),
      done({ step: 'other', ms: 1 }),
    )
    .put({ type: 'hitl_paused', step: 'impl', round: 1, attempt: 2, at: 'before_gate' })
    .at(50)
    .put({
      type: 'hitl_resumed',
      step: 'impl',
      round: 1,
      attempt: 2,
      at: 'before_gate',
      decision: 'continue',
    })
    .put({ type: 'gate_started', step: 'impl', round: 1, attempt: 2, gate: 'test' })
    .at(90)
    .put(passedGate({ ...second, gate: 'test' }), done({ ...second, ms: 1 }))
    .put(ended('passed', usage(7.75), 90_000)).events
}

test('money is split into attempts that passed, attempts that did not, and validators', () => {
  const report = summarise(run())
  expect(report.spentOn).toMatchObject({
    passed: { microUsd: 6_000_000 },
    failed: { microUsd: 1_000_000 },
    validators: { microUsd: 750_000 },
  })
  expect(renderReportText(report)).toContain(
    'Spent on attempts that passed: $6.00 · that did not: $1.00 · on validators: $0.75',
  )
  expect(renderHtml(report)).toContain('By outcome')
})

test('validators stand below the step that pays for them, and with the attempt they judged', () => {
  const page = renderHtml(summarise(run()))
  const lanes = [...page.matchAll(/<a\s+class="name mono(?: aside)?"\s+href="#step-\d+"\s+title="([^"]+)"/gu)]
  expect(lanes.map(([, path]) => path)).toEqual(['impl', judge, 'other'])
  const first = page.indexOf('Attempt 1')
  const judged = [...page.matchAll(/gate\.review\/check<\/a\s*>\s*<span\s*>c\s+(\$\d\.\d\d)<\/span\s*>/gu)]
  expect(judged.map(([, cost]) => cost)).toEqual(['$0.25', '$0.50'])
  expect(judged[0]!.index).toBeGreaterThan(first)
  expect(judged[0]!.index).toBeLessThan(page.indexOf('Attempt 2'))
})

test('time in which a person was asked is drawn as waiting, and a gate where it ran', () => {
  const report = summarise(run())
  const attempt = report.steps[0]?.attempts[1]
  const begin = report.startedAt ?? 0
  expect(attempt?.waits).toEqual([{ for: 'person', startedAt: begin + 20_000, endedAt: begin + 50_000 }])
  // It was announced at 50 seconds, and took the last half second before its result.
  expect(attempt?.gates[0]).toMatchObject({ startedAt: begin + 89_500, durationMs: 500 })
  expect(renderHtml(report)).toMatch(/class="fill-warn" x="222\.2" y="4" width="333\.3"/u)
})
