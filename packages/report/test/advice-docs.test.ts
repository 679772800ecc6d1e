import { readFileSync } from 'node:fs'
import { adviseAll, type RunRecord } from '@gump/advice'
import { renderStatsText, stats, summarise } from '@gump/report'
import { describe, expect, test } from 'vitest'
import { ended, record, started } from './support/record.js'

const text = readFileSync(new URL('../../../docs/advice.md', import.meta.url), 'utf8')
const block = (info: string): string =>
  new RegExp(`^\`\`\`${info}\\n([^]*?)^\`\`\``, 'mu').exec(text)?.[1] ?? `no block ${info}`

const usd: Readonly<Record<string, number>> = { haiku: 0.1, sonnet: 0.4, opus: 2 }
const factors = [0.8, 0.9, 1, 1.1, 1.2]

/** The runs of the page: groups in turn, so that none of them is of one time only. */
function runsOfPage(): RunRecord[] {
  const groups = block('runs')
    .trimEnd()
    .split('\n')
    .map((line) => /^ *(\d+) {2}(.+)$/u.exec(line))
    .map((match) => ({ count: Number(match?.[1]), tries: (match?.[2] ?? '').split(' ') }))
  const placed = groups.flatMap(({ count, tries }) =>
    Array.from({ length: count }, (_, n) => ({ tries, place: (n + 0.5) / count })),
  )
  return placed
    .toSorted((a, b) => a.place - b.place)
    .map(({ tries }, at) => runOf(at, tries, factors[at % factors.length] ?? 1))
}

function runOf(at: number, tries: readonly string[], factor: number): RunRecord {
  const made = tries.map((one) => {
    const agent = one.replace('+', '')
    return {
      agent,
      model: null,
      passed: one.endsWith('+'),
      recalled: false,
      microUsd: Math.round((usd[agent] ?? 0) * factor * 1e6),
      durationMs: 120_000 * factor,
    }
  })
  return {
    id: String(at).padStart(3, '0'),
    alias: String(at),
    workflow: 'one',
    at,
    status: made.at(-1)?.passed === true ? 'passed' : 'failed',
    replay: false,
    microUsd: made.reduce((sum, { microUsd }) => sum + microUsd, 0),
    durationMs: made.reduce((sum, { durationMs }) => sum + durationMs, 0),
    tasks: null,
    inTasks: { microUsd: 0, durationMs: 0 },
    began: {},
    chains: [{ step: 'impl', kind: null, tries: made, gaveUp: true }],
  }
}

/** What `gump stats` says below its first two lines, which are about whole runs. */
function printed(valueUsd: number | null): string {
  const worth = valueUsd === null ? null : { valueUsd, hourUsd: 0 }
  const one = summarise(
    record().put(
      started('one'),
      ended(
        'passed',
        {
          tokens: { input: 0, output: 0, cache_read: 0, cache_write: 0 },
          cost_usd: 0,
          cost_source: 'native',
        },
        1,
      ),
    ).events,
  )
  return renderStatsText(stats([one], { worth, advice: adviseAll(runsOfPage(), { worth }) }))
    .split('\n')
    .slice(3)
    .join('\n')
}

describe('the example of docs/advice.md', () => {
  test.each([
    ['text no value', null],
    ['text 3', 3],
    ['text 30', 30],
  ])('prints what its block %s shows', (info, valueUsd) => {
    expect(block(info)).toBe(printed(valueUsd))
  })
})
