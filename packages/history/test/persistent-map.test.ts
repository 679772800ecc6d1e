import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PersistentMap } from '../src/persistent-map.js'

// `Aa` and `BB`, joined in any way, have the same sums in many hashes; short keys and numbers meet often.
const key = fc.oneof(
  fc.string({ maxLength: 3 }),
  fc.integer({ min: 0, max: 40 }).map(String),
  fc.array(fc.constantFrom('Aa', 'BB'), { maxLength: 6 }).map((parts) => parts.join('')),
  fc.constantFrom('__proto__', 'constructor', 'toString'),
)
const writes = fc.array(fc.tuple(key, fc.integer({ min: 0, max: 5 })), { maxLength: 200 })

const filled = (list: readonly (readonly [string, number])[]) =>
  list.reduce((map, [name, value]) => map.set(name, value), PersistentMap.empty<number>())
/** What a record without a prototype would hold, in its order. */
function recordOf(list: readonly (readonly [string, number])[]): readonly (readonly [string, number])[] {
  const record = Object.create(null) as Record<string, number>
  for (const [name, value] of list) record[name] = value
  return Object.entries(record)
}

describe('a map that never changes', () => {
  it('holds what a record holds, in its order', () => {
    fc.assert(
      fc.property(writes, (list) => {
        const map = filled(list)
        expect(map.entries()).toEqual(recordOf(list))
        expect(map.size).toBe(recordOf(list).length)
        for (const [name, value] of recordOf(list)) expect(map.get(name)).toBe(value)
        expect(map.get('never')).toBeUndefined()
        expect(map.has('never')).toBe(false)
      }),
    )
  })

  it('stays as it was when another one is made of it', () => {
    fc.assert(
      fc.property(writes, writes, (list, more) => {
        const map = filled(list)
        for (const [name, value] of more) map.set(name, value)
        map.map((value) => value + 1)
        expect(map.entries()).toEqual(recordOf(list))
      }),
    )
  })

  it('tells what is different from another one, whatever they have in common', () => {
    fc.assert(
      fc.property(writes, writes, writes, (shared, left, right) => {
        const base = filled(shared)
        const grown = (list: typeof left) => list.reduce((map, [name, value]) => map.set(name, value), base)
        const [a, b] = [grown(left), grown(right)]
        const names = new Set([...a.keys(), ...b.keys()])
        const expected = [...names].filter((name) => a.get(name) !== b.get(name))
        expect(a.differences(b)).toEqual(new Set(expected))
        expect(a.differences(a)).toEqual(new Set())
      }),
    )
  })

  it('is the same map when nothing is another', () => {
    const map = filled([['a', 1]])
    expect(map.set('a', 1)).toBe(map)
    expect(map.map((value) => value)).toBe(map)
  })
})
