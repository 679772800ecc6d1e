import { formatDuration } from '@gump/errors'
import { formatCost, formatMicroUsd, formatTokens, formatUsage, renderPlainTable } from '@gump/report'
import { describe, expect, test } from 'vitest'
import { cutPath, cutTo } from '../src/format/columns.js'
import { oneLine } from '../src/format/escape.js'
import { nothing, usage } from './support/record.js'

describe('formats', () => {
  test.each([
    [0, '$0.00'],
    [1, '<$0.0001'],
    [50, '$0.0001'],
    [4200, '$0.0042'],
    [9999, '$0.01'],
    [10_000, '$0.01'],
    [1_005_000, '$1.01'],
    [1_424_999, '$1.42'],
    [123_456_789_000, '$123456.79'],
  ])('%i micro-dollars', (micro, text) => expect(formatMicroUsd(micro)).toBe(text))

  test('costs say what is not known', () => {
    expect(formatCost({ microUsd: 0, estimatedMicroUsd: 0, unpriced: false, any: false })).toBe('—')
    expect(formatUsage(nothing)).toBe('$0.00')
    expect(formatUsage(usage(0, 5, 'unpriced'))).toBe('unpriced')
    expect(formatUsage(usage(1.42, 5, 'unpriced'))).toBe('$1.42 + unpriced')
    expect(formatUsage({ ...usage(1.42, 5), at_least: true })).toBe('at least $1.42')
    expect(formatUsage({ ...usage(0, 5, 'unpriced'), at_least: true })).toBe('unpriced')
  })

  test.each([
    [0, '0ms'],
    [999.4, '999ms'],
    [1000, '1s'],
    [59_499, '59s'],
    [59_500, '1m 00s'],
    [125_000, '2m 05s'],
    [3_599_600, '1h 00m'],
    [90_000_000, '25h 00m'],
  ])('%d milliseconds', (ms, text) => expect(formatDuration(ms)).toBe(text))

  test.each([
    [999, '999'],
    [4800, '4.8k'],
    [999_949, '999.9k'],
    [999_950, '1.0M'],
  ])('%i tokens', (count, text) => expect(formatTokens(count)).toBe(text))

  test('a plain table keeps its cells as they are, but for what a terminal would obey', () => {
    const rows = [['LINE', 'TEXT'], ['1', '  if (a)  '], ['12', '\u001b[31m'], ['漢字']]
    expect(renderPlainTable(rows)).toBe('LINE  TEXT\n1       if (a)\n12    \\x1b[31m\n漢字\n')
    expect(renderPlainTable([])).toBe('')
  })

  test('cuts by columns, not by characters', () => {
    expect(cutTo('模型模型', 5)).toBe('模型…')
    expect(cutPath('decompose/add-auth/impl', 12)).toBe('…d-auth/impl')
    expect(cutTo('abc', 0)).toBe('')
  })

  test('a megabyte of blanks is one line, at once', () => {
    expect(oneLine(`a${' '.repeat(1_000_000)}\n\n\u001b[2Jb`)).toContain(String.raw`⏎ \x1b[2Jb`)
  })
})
