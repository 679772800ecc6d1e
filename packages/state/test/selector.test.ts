import { expect, it } from 'vitest'
import { matchSelector } from '@gump/state'

const paths = [
  'decompose',
  'decompose/a/red',
  'decompose/a/green',
  'decompose/b/red',
  'decompose/b/green',
  'quality',
]

it('takes a whole path', () => {
  expect(matchSelector('decompose', paths)).toEqual({ status: 'unique', path: 'decompose' })
})

it('takes the end of a path when it is the only one', () => {
  expect(matchSelector('b/red', paths)).toEqual({ status: 'unique', path: 'decompose/b/red' })
  expect(matchSelector('red', paths)).toEqual({
    status: 'ambiguous',
    candidates: ['decompose/a/red', 'decompose/b/red'],
  })
  expect(matchSelector('ed', paths).status).toBe('none')
})

it('understands build/<task>/<step>', () => {
  expect(matchSelector('build/a/green', paths)).toEqual({ status: 'unique', path: 'decompose/a/green' })
  expect(matchSelector('build/a/green', [...paths, 'build'])).toMatchObject({ status: 'none' })
  expect(matchSelector('build/a/x', ['one/a/x', 'two/a/x'])).toMatchObject({ status: 'ambiguous' })
})

it('proposes what was meant', () => {
  expect(matchSelector('qualty', paths)).toEqual({ status: 'none', closest: ['quality'] })
  expect(matchSelector('b/gren', paths)).toMatchObject({
    closest: ['decompose/a/green', 'decompose/b/green'],
  })
})
