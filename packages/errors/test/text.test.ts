import { expect, it } from 'vitest'
import { formatDuration, listFirst, plural, spellDuration } from '../src/index.js'

it('spells durations as workflows do', () => {
  expect([0, 500, 1500, 90_000, 600_000, 5_400_000, 90_061_001].map((ms) => spellDuration(ms))).toEqual([
    '0s',
    '500ms',
    '1s500ms',
    '1m30s',
    '10m',
    '1h30m',
    '25h1m1s1ms',
  ])
  expect(spellDuration(90_061_001, 2)).toBe('25h1m')
  expect(spellDuration(-5)).toBe('0s')
  expect(spellDuration(Infinity)).toBe('Infinity')
})

it('rounds durations for people', () => {
  expect([-1, 420, 8000, 125_000, 3_725_000].map((ms) => formatDuration(ms))).toEqual([
    '0ms',
    '420ms',
    '8s',
    '2m 05s',
    '1h 02m',
  ])
})

it('names the first few and counts the rest', () => {
  expect(listFirst([], 2)).toBe('')
  expect(listFirst(['a', 'b'], 2)).toBe('a, b')
  expect(listFirst(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more')
})

it('counts', () => {
  expect([0, 1, 2].map((count) => plural(count, 'task'))).toEqual(['0 tasks', '1 task', '2 tasks'])
  expect(plural(2, 'dependency', 'dependencies')).toBe('2 dependencies')
})
