import { describe, expect, it } from 'vitest'

import { orient } from '../../src/run/orientation.js'

const given = (words: string, spec?: string, workflow?: string) => {
  const [target, second] = words === '' ? [] : words.split(' ')
  return { target, second, spec, workflow }
}

describe('which workflow on which spec', () => {
  it.each([
    [given('tdd', 'spec.md'), { workflow: 'tdd', spec: 'spec.md' }],
    [given('spec.md', undefined, 'tdd'), { workflow: 'tdd', spec: 'spec.md' }],
    [given('SPEC', undefined, 'tdd'), { workflow: 'tdd', spec: 'SPEC' }],
    [given('', 'spec.md', 'tdd'), { workflow: 'tdd', spec: 'spec.md' }],
    [given('tdd spec.md'), { workflow: 'tdd', spec: 'spec.md' }],
    [given('spec.md tdd'), { workflow: 'tdd', spec: 'spec.md' }],
    [given('tdd SPEC'), { workflow: 'tdd', spec: 'SPEC' }],
    [given('validators/arch-review'), { workflow: 'validators/arch-review' }],
    [given('', undefined, 'tdd'), { workflow: 'tdd' }],
  ])('is found in %j', (options, expected) => {
    expect(orient(options)).toEqual(expected)
  })

  it.each([
    [given(''), 'which workflow should run?'],
    [given('', 'spec.md'), 'which workflow should run on spec.md?'],
    [given('spec.md'), 'which workflow should run on spec.md?'],
    [given('a.md', 'b.md', 'tdd'), 'two specs are given, a.md and b.md'],
    [given('tdd spec.md', undefined, 'simple'), 'two workflows are given, tdd and simple'],
  ])('is asked for in %j', (options, message) => {
    expect(() => orient(options)).toThrow(message)
  })
})
