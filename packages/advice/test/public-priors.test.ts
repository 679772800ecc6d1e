import { readFileSync } from 'node:fs'
import { advise, publicPriors, publicSource, type RunRecord } from '@gump/advice'
import { describe, expect, test } from 'vitest'
import { chain, runOf } from './support/made.js'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

const withModel = (at: number, tries: string, models: Readonly<Record<string, string>>): RunRecord => {
  const made = chain(tries)
  return runOf(at, [
    { ...made, tries: made.tries.map((one) => ({ ...one, model: models[one.agent] ?? null })) },
  ])
}

const models = { small: 'claude-haiku-4-5-20251001', big: 'gpt-5.4', other: 'claude-haiku-3' }

describe('public data', () => {
  test('is what the outcomes in the benchmarks say', () => {
    const { cells, tasks } = JSON.parse(read('../data/public-outcomes.json')) as {
      tasks: number
      cells: readonly { failed: readonly string[]; model: string; passed: number; of: number }[]
    }
    const lines = read('../../../bench/data/agent-outcomes.csv')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    const names = (lines[0] ?? '').split(',')
    const rows = lines.slice(1).map((line) => {
      const values = line.split(',')
      return (name: string): string => values[names.indexOf(name)] ?? ''
    })
    const artefacts = new Map<string, number>()
    for (const row of rows) {
      const failed = row('eval_status') === 'patch_failed' ? 1 : 0
      artefacts.set(row('instance_id'), (artefacts.get(row('instance_id')) ?? 0) + failed)
    }
    const kept = rows.filter((row) => (artefacts.get(row('instance_id')) ?? 0) < 3)
    const passed = (run: string): Set<string> =>
      new Set(
        kept.filter((row) => row('run') === run && row('resolved') === '1').map((row) => row('instance_id')),
      )
    const all = new Set(kept.map((row) => row('instance_id')))
    const [haiku, gpt] = [passed('haiku_10min'), passed('gpt54_20min')]
    const left = [...all].filter((task) => !haiku.has(task))
    expect(tasks).toBe(all.size)
    expect(publicSource).toMatchObject({ tasks: all.size, licence: expect.stringContaining('MIT') })
    expect(cells).toContainEqual({ failed: [], model: 'claude-haiku-4-5', passed: haiku.size, of: all.size })
    expect(cells).toContainEqual({
      failed: ['claude-haiku-4-5'],
      model: 'gpt-5.4',
      passed: left.filter((task) => gpt.has(task)).length,
      of: left.length,
    })
  })

  test('is about models that it knows, by whatever name the agent goes', () => {
    const priors = publicPriors([withModel(1, 'small big+', models), withModel(2, 'other+', models)])
    expect(new Set(priors.map(({ agent }) => agent))).toEqual(new Set(['small', 'big']))
    expect(
      priors.find(({ agent, failed }) => agent === 'big' && failed.join() === 'small')?.rate,
    ).toBeCloseTo(22 / 43)
  })

  test('is outweighed by own runs', () => {
    const rate = (count: number): number => {
      const records = Array.from({ length: count }, (_, n) => withModel(n, 'big', models))
      const advice = advise(records, {
        workflow: 'w',
        step: 'impl',
        worth: null,
        priors: publicPriors(records),
      })
      expect(advice.cells[0]?.publicData).toEqual({ rate: 98 / 124, tasks: 124 })
      return advice.cells[0]!.rate.mean
    }
    expect(rate(1)).toBeGreaterThan(0.4)
    expect(rate(40)).toBeLessThan(0.1)
  })
})
