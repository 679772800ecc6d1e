import { closest, nearest } from '@gump/errors'
import { expect, test } from 'vitest'

test.each([
  ['promt', 'prompt'],
  ['tset', 'test'],
  ['Parallel', 'parallel'],
  ['max-turns', 'max_turns'],
  ['banana', undefined],
  ['x'.repeat(1_000_000), undefined],
])('closest(%s)', (word, expected) => {
  expect(closest(word, ['prompt', 'parallel', 'test', 'lint', 'max_turns'])).toBe(expected)
})

test('one letter is not near another', () => {
  expect(nearest('b', ['a', 'ab', 'B'])).toEqual(['B', 'ab'])
})

test('nearest lists the best first', () => {
  expect(nearest('bugfx', ['bugfix', 'bugs', 'refactor'])).toEqual(['bugfix', 'bugs'].slice(0, 1))
})
