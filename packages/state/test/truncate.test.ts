import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { truncateMiddle } from '@gump/state'

it('keeps head and tail around the cut', () => {
  const text = `${'a'.repeat(3000)}${'b'.repeat(3000)}`
  const short = truncateMiddle(text, 2000)
  expect(short).toMatch(/^a+\n\[… \d+ characters cut …\]\nb+$/)
  const cut = Number(/(\d+) characters/.exec(short)?.[1])
  expect(short.replace(/\n.*\n/, '').length + cut).toBe(6000)
})

it('leaves short texts alone', () => {
  expect(truncateMiddle('abc', 3)).toBe('abc')
  expect(truncateMiddle('', 0)).toBe('')
})

it('never exceeds the limit and never tears a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('😀', 'a', 'é') }), fc.nat(80), (unit, max) => {
      const text = unit.repeat(20)
      const short = truncateMiddle(text, max)
      return short.length <= Math.max(max, 0) && !/\p{Surrogate}/u.test(short)
    }),
  )
})
