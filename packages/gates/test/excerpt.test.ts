import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excerpt } from '../src/index.js'

describe('excerpt', () => {
  it('leaves short text alone, apart from blanks at its ends', () => {
    expect(excerpt('\n a\n\tb \n\n', 100)).toBe('a\n\tb')
  })

  it('keeps head and tail around the cut, whole lines where it can', () => {
    const text = Array.from({ length: 1000 }, (_, i) => `line ${i}`).join('\n')
    const cut = excerpt(text, 300)
    expect(cut).toMatch(
      /^line 0\nline 1\n[^…]*line \d+\n… \d+ characters left out …\nline \d+\n[^…]*line 999$/,
    )
    expect(cut.length).toBeLessThanOrEqual(300)
    const omitted = Number(/… (\d+) characters/.exec(cut)?.[1])
    expect(cut.replace(/\n… .* …\n/, '').length + omitted).toBe(text.length)
  })

  it('shows what a terminal would show', () => {
    expect(excerpt('\u001b[1m\u001b[31mred\u001b[39m\u001b[22m', 100)).toBe('red')
    expect(excerpt('10%\r50%\r100%\r\ndone\r\n', 100)).toBe('100%\ndone')
    expect(excerpt('\u001b]8;;https://example.com\u0007link\u001b]8;;\u0007', 100)).toBe('link')
  })

  it('makes control characters visible', () => {
    expect(excerpt('a\u0000b\u0007c\u009bd\u202ee\u001bf', 100)).toMatch(/^a\\0b\\x07c.*\\u202ee.*$/)
  })

  it('joins two ends of something larger', () => {
    expect(excerpt({ head: 'begin', tail: 'end', omittedBytes: 1e9 }, 200)).toBe(
      'begin\n… about 1000000000 characters left out …\nend',
    )
  })

  it('never exceeds its limit, holds no control characters and no halves of characters', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
    )
    fc.assert(
      fc.property(texts, fc.nat(500), fc.boolean(), (text, max, ends) => {
        const cut = excerpt(ends ? { head: text, tail: text, omittedBytes: 5 } : text, max)
        expect(cut.length).toBeLessThanOrEqual(max)
        expect(cut).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
        expect(cut).not.toMatch(/\p{Surrogate}/u)
      }),
    )
  })

  it('is the identity for short plain text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abcé漢🙂 \n'), maxLength: 200 }), (text) => {
        const plain = text
          .split('\n')
          .map((line) => line.trimEnd())
          .join('\n')
          .trim()
        expect(excerpt(text, 1000)).toBe(plain)
      }),
    )
  })
})
