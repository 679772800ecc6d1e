import { expect, it } from 'vitest'
import { createBag } from '@gump/state'

it('lists the keys of a step and of what is below it', () => {
  const bag = createBag({ 'a/b.output': '1', 'a/b.gate.x': 'true', 'a/bc.output': '2', 'a/b/c.output': '3' })
  expect(bag.keys('a/b')).toEqual(['a/b.output', 'a/b.gate.x', 'a/b/c.output'])
  expect(bag.keys()).toHaveLength(4)
  expect(bag.get('a/b.gate.x')).toBe('true')
  expect(bag.get('a/b.gate')).toBeUndefined()
})

it('keeps references as they are', () => {
  const reference = { kind: 'artifact', path: 'artifacts/x', sha256: 'ab', bytes: 70_000 } as const
  const bag = createBag()
  bag.set('impl.diff', reference)
  expect(bag.get('impl.diff')).toBe(reference)
})

it('makes the keys of an attempt those of the previous one', () => {
  const bag = createBag({ 'impl.output': 'one', 'impl.gate.test': 'false' })
  bag.archive('impl')
  expect(bag.keys('impl')).toEqual(['impl.prev.output', 'impl.prev.gate.test'])
  bag.set('impl.output', 'two')
  bag.archive('impl')
  expect(bag.toJSON()).toEqual({ 'impl.prev.output': 'two' })
  bag.archive('nobody')
})

it('removes a step with everything below it', () => {
  const bag = createBag({ 'a.output': '1', 'a/b.output': '2', 'ab.output': '3' })
  bag.remove('a')
  expect(bag.keys()).toEqual(['ab.output'])
})

it('survives a snapshot, also with names that objects inherit', () => {
  const bag = createBag()
  bag.set('__proto__.output', 'x')
  bag.set('constructor.output', 'y')
  const copy = createBag(JSON.parse(JSON.stringify(bag)) as Record<string, string>)
  expect(copy.keys()).toEqual(['__proto__.output', 'constructor.output'])
  expect(copy.get('__proto__.output')).toBe('x')
})
