import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const { expectFigures, figuresOf: compare, madeUpPrices } = await import(here('./figures.mjs'))
const { plainSummary, summaryRows, writeSummary } = await import(here('./summary.mjs'))
const figuresOf = (answers: readonly object[], events: readonly object[]) =>
  compare(answers, events, (model: string) => madeUpPrices[model] ?? null)

const usage = { input: 1000, output: 100, cacheRead: 0, cacheWrite: 0, reasoning: 0 }
const answer = { kind: 'turn', model: 'fake-1', usage, whole: true }
const cost = (1000 * 1 + 100 * 5) / 1e6

function counted(input: number, more: object = {}): readonly object[] {
  const tokens = { input, output: 100, cache_read: 0, cache_write: 0 }
  return [{ type: 'run_completed', usage: { tokens, cost_usd: cost, cost_source: 'native', ...more } }]
}

describe('the figures of a case', () => {
  it('are right when everything that was reported was counted', () => {
    const figures = figuresOf([answer], counted(1000))
    expect(figures).toEqual({
      sentTokens: { least: 1100, most: 1100 },
      sentUsd: { least: cost, most: cost },
      countedTokens: 1100,
      countedUsd: cost,
      tokenError: 0,
      costError: 0,
      atLeast: false,
    })
    expect(() => expectFigures(figures)).not.toThrow()
  })

  it.each([
    ['too little', counted(980)],
    ['too much', counted(1020)],
    [
      'another class',
      counted(1000, { tokens: { input: 900, output: 100, cache_read: 100, cache_write: 0 } }),
    ],
    ['too low a cost', counted(1000, { cost_usd: cost * 0.98 })],
    ['more than "at least" may claim', counted(1020, { at_least: true })],
  ])('are wrong with %s', (_what, events) => {
    expect(() => expectFigures(figuresOf([answer], events))).toThrow(/tokens|cost|at least/u)
  })

  it('may be too low when they say "at least", and within 1 % otherwise', () => {
    expect(() => expectFigures(figuresOf([answer], counted(500, { at_least: true })))).not.toThrow()
    expect(() => expectFigures(figuresOf([answer], counted(995)))).not.toThrow()
  })

  it('may count an answer that broke off, or not', () => {
    const answers = [answer, { ...answer, whole: false }]
    for (const [tokens, usd] of [
      [{ input: 1000, output: 100, cache_read: 0, cache_write: 0 }, cost],
      [{ input: 2000, output: 101, cache_read: 0, cache_write: 0 }, cost * 1.5],
    ]) {
      expect(figuresOf(answers, counted(0, { tokens, cost_usd: usd }))).toMatchObject({
        tokenError: 0,
        costError: 0,
      })
    }
  })

  it('are none where the program tells none', () => {
    const tokens = { input: 0, output: 0, cache_read: 0, cache_write: 0 }
    const events = counted(0, { tokens, cost_usd: 0, cost_source: 'unpriced' })
    const figures = figuresOf([answer], events)
    expect(figures).toMatchObject({
      countedTokens: null,
      countedUsd: null,
      tokenError: null,
      costError: null,
    })
    expect(() => expectFigures(figures)).not.toThrow()
  })

  it('need a price', () => {
    expect(() => figuresOf([{ ...answer, model: 'nobody-knows-me' }], counted(1000))).toThrow(
      'nobody-knows-me',
    )
  })
})

describe('the summary', () => {
  const programs = [
    { name: 'one', version: '1.2.3' },
    { name: 'other', version: '2.0.0' },
  ]
  const results = [
    { program: 'one', figures: figuresOf([answer], counted(1000)) },
    { program: 'one', figures: figuresOf([answer], counted(995)) },
    { program: 'one', figures: figuresOf([answer], counted(500, { at_least: true })) },
    { program: 'one' },
  ]

  it('adds up the exact cases of a program, and shows the worst of them', () => {
    const rows = summaryRows(programs, results)
    expect(rows).toEqual([
      ['one', '1.2.3', '2', '2200', '2195', '0.45%', '$0.0030', '$0.0030', '0.00%', '1', '0'],
    ])
    expect(plainSummary(rows)).toMatch(/^program +version .*\none +1\.2\.3 +2 +2200 +2195 /u)
  })

  it('is written between the marks of a page, again and again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gump-figures-'))
    const file = join(folder, 'page.md')
    const marks = '<!-- figures: pnpm test:agents --write -->\n\n<!-- end of figures -->'
    writeFileSync(file, `before\n\n${marks}\n\nafter\n`)
    writeSummary(file, summaryRows(programs, results))
    const page = readFileSync(file, 'utf8')
    expect(page).toContain('| one | 1.2.3 | 2 |')
    expect(page).toMatch(/^before\n\n[^]*\n\nafter\n$/u)
    writeSummary(file, summaryRows(programs, results))
    expect(readFileSync(file, 'utf8')).toBe(page)
    writeFileSync(file, 'no marks')
    expect(() => writeSummary(file, [])).toThrow('no place')
    rmSync(folder, { recursive: true })
  })
})
