import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'

interface Measured {
  readonly public: readonly {
    history: string
    value: number
    inUse: number
    pooledRule: number
    advice: number
    bestFixed: number
  }[]
  readonly coverage: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly worlds: readonly { kind: string; size: number; inUse: number; advice: number; silent: number }[]
  readonly forecasts: Readonly<Record<string, Readonly<Record<string, number>>>>
}

const program = fileURLToPath(new URL('../bench/advice.mjs', import.meta.url))
let measured: Measured

// The same seeds each time: the figures below change with the method only. The bounds are those of few repetitions.
beforeAll(() => {
  const { stdout, stderr } = spawnSync(process.execPath, [program, '--small', '--json'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  measured = JSON.parse(stdout) as Measured
}, 180_000)

test('on outcomes that it has not seen, advice comes near the best fixed ladder in hindsight', () => {
  const rows = measured.public.filter(({ history }) => history === 'every agent tried every task')
  expect(rows.map(({ value }) => value)).toEqual([2, 5, 20])
  for (const { advice, bestFixed } of rows) expect(advice / bestFixed).toBeGreaterThan(0.96)
})

test('advice is never much worse than the ladder in use, whatever the history', () => {
  // Eight repetitions, of which one that changes the ladder for nothing costs 2 %; all of them together cost 0.9 %.
  for (const { advice, inUse } of measured.public) expect(advice / inUse).toBeGreaterThan(0.97)
  for (const { size, advice, inUse } of measured.worlds) {
    if (size >= 20) expect(advice / inUse).toBeGreaterThan(0.98)
  }
})

test('the pooled rule that it takes the place of is', () => {
  const worst = Math.min(...measured.public.map(({ pooledRule, inUse }) => pooledRule / inUse))
  expect(worst).toBeLessThan(0.9)
})

test('three runs are not enough, twenty are', () => {
  for (const { size, silent } of measured.worlds) expect(silent).toBe(size === 3 ? 1 : 0)
})

test('intervals of nine in ten hold the truth about that often', () => {
  const { all } = measured.coverage
  for (const figure of ['rate', 'cost', 'time', 'in use: passes', 'in use: cost', 'in use: time']) {
    expect(all?.[figure], figure).toBeGreaterThan(0.87)
    expect(all?.[figure], figure).toBeLessThan(0.97)
  }
})

test('nine of ten runs stay below P90', () => {
  for (const moment of ['before', 'after']) {
    for (const figure of ['cost', 'time']) {
      const share = measured.forecasts['all']?.[`${moment}: ${figure} P90`]
      expect(share).toBeGreaterThan(0.85)
      expect(share).toBeLessThan(0.95)
    }
  }
})
