import type { NewEvent } from '@gump/ledger'
import {
  createLiveModel,
  createPlainRenderer,
  renderDetailText,
  renderHtml,
  renderReportText,
  stats,
  summarise,
  toSpans,
} from '@gump/report'
import { casesOf, forecast } from '@gump/advice'
import { recordFrom } from './support/records.js'
import { describe, expect, test } from 'vitest'
import {
  completed,
  done,
  ended,
  failedGate,
  launching,
  passedGate,
  record,
  retry,
  started,
  step,
  turn,
  usage,
} from './support/record.js'

const attempt = (path: string, n: number, cost: number): NewEvent[] => [
  step({ step: path, agent: 'claude', attempt: n, max: 2 }),
  launching({ step: path, agent: 'claude', attempt: n }),
  turn({ step: path, attempt: n, n: 1, usage: usage(cost) }),
  completed({ step: path, attempt: n, usage: usage(cost) }),
]
const red = [
  ...attempt('red', 1, 1),
  failedGate({ step: 'red', gate: 'test' }),
  retry({ step: 'red' }),
  ...attempt('red', 2, 2),
  passedGate({ step: 'red', attempt: 2, gate: 'test' }),
  done({ step: 'red', attempt: 2, usage: usage(2), ms: 5000 }),
]
const green = [...attempt('green', 1, 0.5), done({ step: 'green', usage: usage(0.5), ms: 1000 })]
const old = record().put(started('x'), ...red, ...green, ended('passed', usage(3.5), 9000)).events
const replay = record()
  .put(
    started('x'),
    { type: 'replay_started', from_run: 'id', from_alias: 'run_2026_03_23_1841', from_step: 'green' },
    ...red.map((event) => ({ ...event, replayed: true }) as NewEvent),
    { type: 'history_resumed', retry_failed: true, replayed: true },
  )
  .at(1)
  .put(...green, ended('passed', usage(0.5), 1000)).events
const report = summarise(replay)

describe('what a replay has taken over is counted in the run that did it', () => {
  test('in the report', () => {
    expect(report).toMatchObject({
      cost: { microUsd: 500_000 },
      turns: { known: 1 },
      attempts: 1,
      retries: 0,
    })
    expect(renderReportText(report)).toBe(`Run: run_2026_03_23_1842
Workflow: x · Status: pass · Duration: 1s · Cost: $0.50
Replay of: run_2026_03_23_1841 from green

Step   Agent   Turns  Cost   Gate
red    claude  —      —      test ✓ (replayed)
green  claude  1      $0.50  —
`)
  })

  test('in the detail of a step, which still shows what was done', () => {
    const text = renderDetailText(replay, 'red')
    expect(text).toContain('Cost: — · Turns: — · Attempts: 2')
    expect(text).toMatch(/^1 +fail +claude +replayed/mu)
  })

  test('on the page, where it takes no time', () => {
    const page = renderHtml(report)
    expect(page).toContain('the replayed run')
    expect(page.match(/class="lane"/gu)).toHaveLength(2)
    expect(page).toContain('href="#step-1"')
  })

  test('in statistics and forecasts', () => {
    const together = stats([summarise(old), report])
    expect(together).toMatchObject({ runs: 2, retries: 1, cost: { microUsd: 4_000_000 } })
    const cases = casesOf([recordFrom(old, 1), recordFrom(replay, 2)]).cases
    expect(cases.map(({ step, failed, agent }) => [step, failed.length, agent])).toEqual([
      ['red', 0, 'claude'],
      ['red', 1, 'claude'],
      ['green', 0, 'claude'],
      ['green', 0, 'claude'],
    ])
    const plan = { workflow: 'x', steps: [{ path: 'red', agent: 'claude', steps: [] }] }
    expect(forecast([recordFrom(replay)], plan).runs).toEqual([])
    expect(forecast([recordFrom(old, 1), recordFrom(replay, 2)], plan).runs).toHaveLength(1)
  })

  test('in traces', () => {
    const names = toSpans(replay).map(({ name }) => name)
    expect(names.filter((name) => name.startsWith('step '))).toEqual(['step green'])
  })

  test('while it runs', () => {
    const model = createLiveModel()
    const running = replay.slice(0, -2)
    for (const event of running) model.push(event)
    expect(model.state()).toMatchObject({ cost: { microUsd: 500_000 }, running: [{ path: 'green' }] })
    const renderer = createPlainRenderer({ color: false })
    const lines = replay.flatMap((event) => renderer.push(event))
    expect(lines.join('\n')).toContain('cost: $0.50  turns: 1')
  })
})
