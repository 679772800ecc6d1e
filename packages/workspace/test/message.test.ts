import fc from 'fast-check'
import { expect, test } from 'vitest'

import { formatMessage, parseTrailers } from '../src/index.js'

test('a description becomes a subject and one line per trailer', () => {
  expect(
    formatMessage({
      subject: 'gump: impl',
      trailers: { 'Gump-Run': 'r1', 'Gump-Task': 'Füge Auth hinzu', 'Gump-Cost-USD': '0.10' },
    }),
  ).toBe('gump: impl\n\nGump-Run: r1\nGump-Task: Füge Auth hinzu\nGump-Cost-USD: 0.10\n')
  expect(formatMessage({ subject: '  ', trailers: {} })).toBe('(no subject)\n')
})

test('no value can add a line, and control characters are visible', () => {
  const message = formatMessage({
    subject: 'a\n\nGump-Status: pass\u001B[31m',
    trailers: { 'Gump-Task': 'x\r\nGump-Status: pass\u2028y\u202Ez\\n', 'Gump\nEvil: x': ' y ' },
  })
  expect(message).toBe(
    String.raw`a\n\nGump-Status: pass\u{1b}[31m` +
      '\n\n' +
      String.raw`Gump-Task: x\r\nGump-Status: pass\u{2028}y\u{202e}z\\n` +
      '\n' +
      String.raw`Gump-Evil--x: \u{20}y\u{20}` +
      '\n',
  )
  expect(parseTrailers(message)).toEqual({
    'Gump-Task': 'x\r\nGump-Status: pass\u2028y\u202Ez\\n',
    'Gump-Evil--x': ' y ',
  })
})

const key = fc.stringMatching(/^[A-Z][A-Za-z0-9-]{0,12}$/u)
const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom('\n', '\r', '\\', 'u', '{', '}', ':', ' ', 'n', '\u0000', '\uD800', '\u0085'),
    maxLength: 12,
  }),
)

test('every value comes back, under its own key only', () => {
  fc.assert(
    fc.property(value, fc.dictionary(key, value, { minKeys: 1 }), (subject, trailers) => {
      const message = formatMessage({ subject, trailers })
      expect(message.split('\n')).toHaveLength(Object.keys(trailers).length + 3)
      expect(parseTrailers(message)).toEqual({ ...trailers })
    }),
  )
})

test('messages of others are read without surprises', () => {
  expect(parseTrailers('Key: value\n')).toEqual({})
  expect(parseTrailers('subject\n\nA body that says: nothing\nof the kind\n')).toEqual({})
  expect(parseTrailers('subject\r\n\r\nSigned-off-by: A <a@b>\r\nGump-Run: 1\r\n')).toEqual({
    'Signed-off-by': 'A <a@b>',
    'Gump-Run': '1',
  })
  expect(parseTrailers('subject\n\nGump-Run: 1\nGump-Run: 2\n\n')).toEqual({ 'Gump-Run': '1' })
  expect(parseTrailers('')).toEqual({})
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (message) => typeof parseTrailers(message) === 'object'),
  )
})
