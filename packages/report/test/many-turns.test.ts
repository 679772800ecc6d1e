import { renderHtml, renderReportText, summarise, summariseParts } from '@gump/report'
import type { LedgerEvent } from '@gump/ledger'
import { describe, expect, test } from 'vitest'
import { completed, done, ended, launching, record, started, step, usage } from './support/record.js'

const ID = { round: 1, attempt: 1, launch: 1 }

/** A run of so many steps, whose agents take so many turns; every tenth turn a command fails and an edit follows. */
function longRun(steps: number, turns: number): readonly LedgerEvent[] {
  const run = record().put(started('w'))
  for (let at = 0; at < steps; at += 1) {
    const path = `s${at}`
    run.put(step({ step: path, agent: 'claude', type: 'code' }), launching({ step: path, agent: 'claude' }))
    for (let n = 1; n <= turns; n += 1)
      run.put({
        type: 'turn_completed',
        step: path,
        ...ID,
        n,
        label: 'coding',
        actions:
          n % 10 === 0
            ? [
                { kind: 'shell', tool: 'Bash', target: 'make', ok: false },
                { kind: 'edit', tool: 'Edit', target: 'a.c', ok: true },
              ]
            : [],
        usage: usage(1),
        duration_ms: 10,
      })
    run.put(completed({ step: path, usage: usage(1000), turns }), done({ step: path, ms: 1 }))
  }
  return run.put(ended('passed', usage(1), 1)).events
}

const keptOf = (report: ReturnType<typeof summarise>): readonly (readonly number[])[] =>
  report.steps.map(({ attempts }) => attempts[0]?.launches[0]?.turns.map(({ n }) => n) ?? [])

describe('a run of many turns', () => {
  const events = longRun(3, 1000)
  const whole = summarise(events)
  const report = summarise(events, { mostTurns: 60 })

  test('keeps the first and the last turns of each launch', () => {
    for (const kept of keptOf(report)) {
      expect(kept.length).toBeLessThanOrEqual(60)
      expect(kept[0]).toBe(1)
      expect(kept.at(-1)).toBe(1000)
      expect(kept).toEqual(kept.toSorted((a, b) => a - b))
    }
    expect(keptOf(whole).map(({ length }) => length)).toEqual([1000, 1000, 1000])
  })

  test('has the figures of all of them', () => {
    expect(renderReportText(report, { color: false })).toBe(renderReportText(whole, { color: false }))
    const launches = report.steps.map(({ attempts }) => attempts[0]?.launches[0])
    expect(launches.map((launch) => launch?.turnCount.known)).toEqual([1000, 1000, 1000])
    expect(launches.map((launch) => launch?.correctionLoops)).toEqual([100, 100, 100])
  })

  test('says on its page how many were left out', () => {
    const page = renderHtml(report)
    for (const kept of keptOf(report)) expect(page).toContain(`${1000 - kept.length} turns left out here`)
    expect(page).toContain('1000 turns</summary>')
    expect(page.length).toBeLessThan(renderHtml(whole).length / 5)
    expect(renderHtml(whole)).not.toContain('left out here')
  })

  test('is the same report when it comes in parts', async () => {
    async function* parts() {
      for (let at = 0; at < events.length; at += 700) yield events.slice(at, at + 700)
    }
    expect(await summariseParts(parts(), { mostTurns: 60 })).toEqual(report)
    expect(await summariseParts((async function* () {})())).toEqual(summarise([]))
  })
})
