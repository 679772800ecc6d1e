import {
  createLiveModel,
  createPlainRenderer,
  renderDetailText,
  renderForecastText,
  renderHtml,
  renderLast,
  renderLiveArea,
  renderReportJson,
  renderReportText,
  renderJson,
  renderStatsText,
  stats,
  summarise,
  toSpans,
} from '@gump/report'
import { adviseAll, forecast } from '@gump/advice'
import { recordFrom } from './support/records.js'
import { describe, expect, test } from 'vitest'
import { completed, done, ended, launching, nothing, record, started, step } from './support/record.js'

const usage = { ...nothing, cost_source: 'unpriced' } as const
const events = record().put(
  started('one'),
  step({ step: 'impl', agent: 'odd' }),
  launching({ step: 'impl', agent: 'odd' }),
  completed({ step: 'impl', usage, turns: 0, more: { compat: true } }),
  done({ step: 'impl', usage, ms: 1000 }),
  ended('passed', usage, 1000),
).events
const report = summarise(events)
const plain = { color: false }

/** Lines that give a number for what nobody measured. */
const madeUp = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => /\$0\.00|\b(?:turns|tokens|tool errors|loops): 0\b|\b0 turns\b/i.test(line))

describe('figures of an agent that was not understood are unknown', () => {
  test('in the report', () => {
    const text = renderReportText(report, plain)
    expect(text).toMatch(/Cost: unpriced/)
    expect(text).toMatch(/^impl\s+odd\s+unknown\s+unpriced/m)
    expect(madeUp(text)).toEqual([])
  })

  test('in the detail of a step', () => {
    const text = renderDetailText(events, 'impl', plain)
    expect(text).toMatch(/Cost: unpriced · Turns: unknown/)
    expect(text).toMatch(/unpriced\s+unknown\s+unknown\s+unknown\s+unknown\s+unknown/)
    expect(text).toMatch(/Tool errors: unknown\n {2}Loops: unknown/)
    expect(madeUp(text)).toEqual([])
  })

  test('on the page', () => {
    const text = renderHtml(report)
      .replaceAll(/<style>.*?<\/style>/gs, '')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
    expect(text).toMatch(/Cost unpriced Tokens unknown Turns unknown/)
    expect(text).toMatch(/In unknown Out unknown Cache unknown/)
    expect(text).toMatch(/Tool errors unknown Correction loops unknown Repeated actions unknown/)
    expect(text).toMatch(/odd unknown unknown unknown unknown/)
    expect(text).not.toMatch(/\$0\.00/)
  })

  test('as JSON', () => {
    const data = JSON.parse(renderReportJson(report))
    const unknown = {
      turns: null,
      turns_unknown: true,
      tokens: null,
      tokens_unknown: true,
      cost_usd: null,
      cost_unpriced: true,
    }
    expect(data).toMatchObject(unknown)
    expect(data.steps[0]).toMatchObject(unknown)
    expect(data.steps[0].attempts[0].launches[0]).toMatchObject({
      turn_count: null,
      tokens: null,
      cost_usd: null,
      tool_errors: null,
      correction_loops: null,
      repeated_actions: null,
    })
  })

  test('in statistics and forecasts', () => {
    const records = Array.from({ length: 12 }, (_, n) => recordFrom(events, n))
    const all = stats([report, report], { advice: adviseAll(records, { worth: null }) })
    expect(renderStatsText(all, plain)).toMatch(/Cost: unpriced\n/)
    expect(madeUp(renderStatsText(all, plain) + renderLast([report], records.slice(0, 1), plain))).toEqual([])
    const data = JSON.parse(renderJson(all))
    expect(data).toMatchObject({ cost_usd: null, mean_run_usd: null })
    expect(data.advice[0].cells[0]).toMatchObject({ cost_usd: null })
    const planned = forecast(records, {
      workflow: 'one',
      steps: [{ path: 'impl', agent: 'odd', steps: [] }],
    })
    expect(planned.microUsd).toBeNull()
    expect(renderForecastText(planned)).toMatch(/^ {2}cost {2}unpriced$/m)
  })

  test('during the run, and in its last lines', () => {
    const renderer = createPlainRenderer({ color: false, level: 'verbose' })
    const lines = events.flatMap((event) => renderer.push(event)).join('\n')
    expect(lines).toMatch(/Run completed: pass .* cost: unpriced {2}turns: unknown/)
    const model = createLiveModel()
    for (const event of events.slice(0, 4)) model.push(event)
    const area = renderLiveArea(model, { width: 100, now: Date.parse(events[3]?.ts ?? ''), color: false })
    expect(madeUp(`${lines}\n${area.join('\n')}`)).toEqual([])
  })

  test('in a trace, where they are left out', () => {
    const names = toSpans(events).flatMap((span) => Object.keys(span.attributes))
    expect(names.filter((name) => /cost_usd|usage/.test(name))).toEqual([])
  })
})
