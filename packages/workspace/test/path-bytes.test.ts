import fc from 'fast-check'
import { expect, test } from 'vitest'

import { decodePath, encodePath } from '../src/index.js'

test('UTF-8 is decoded as such', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(decodePath(Buffer.from(text))).toBe(text)
      expect(encodePath(text)).toEqual(Buffer.from(text))
    }),
  )
})

test('all bytes come back', () => {
  expect(decodePath(Buffer.from('caf\u00E9.txt', 'latin1'))).toBe('caf\uDCE9.txt')
  const byte = fc.oneof(
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(0xc3, 0xa4, 0xed, 0xa0, 0x80, 0xf0, 0x9f),
  )
  fc.assert(
    fc.property(fc.array(byte), (bytes) => {
      expect([...encodePath(decodePath(Buffer.from(bytes)))]).toEqual(bytes)
    }),
  )
})
