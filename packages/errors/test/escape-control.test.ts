import { escapeControl } from '@gump/errors'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

test.each([
  ['a\u001b[31mb', 'a\\x1b[31mb'],
  ['a\r\nb\tc', 'a\\r\\nb\\tc'],
  ['rtl\u202eexe', 'rtl\\u202eexe'],
  ['lone \ud800 surrogate', 'lone \\ud800 surrogate'],
  ['tag \u{e0041}', 'tag \\u{e0041}'],
  ['日本 👩‍👧 é', '日本 👩‍👧 é'],
])('escapes %j', (text, shown) => {
  expect(escapeControl(text)).toBe(shown)
})

test('keeps line feeds and tabs of multi-line text', () => {
  expect(escapeControl('a\n\tb\r', { multiline: true })).toBe('a\n\tb\\r')
})

test('is idempotent and leaves no control character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const once = escapeControl(text)
      expect(once).not.toMatch(/\p{Cc}|\p{Cs}/u)
      expect(escapeControl(once)).toBe(once)
    }),
  )
})
