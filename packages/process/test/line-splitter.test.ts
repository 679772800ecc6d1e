import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLineSplitter } from '@gump/process'

function split(chunks: readonly (Buffer | string)[], maxBytes?: number): [string, boolean][] {
  const lines: [string, boolean][] = []
  const splitter = createLineSplitter((line, truncated) => lines.push([line, truncated]), maxBytes)
  for (const chunk of chunks) splitter.push(Buffer.from(chunk as string))
  splitter.end()
  return lines
}

function texts(chunks: readonly (Buffer | string)[]): string[] {
  return split(chunks).map(([line]) => line)
}

/** Cuts bytes at the given places. */
function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ordered = [...new Set(places.map((place) => place % (bytes.length + 1)))].toSorted((a, b) => a - b)
  return [0, ...ordered].map((from, index) => bytes.subarray(from, ordered[index] ?? bytes.length))
}

const stream = fc
  .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\n', '\r\n', '\r', '', 'é', '💡')), {
    maxLength: 40,
  })
  .map((parts) => Buffer.from(parts.join('')))

describe('createLineSplitter', () => {
  it('takes LF and CR LF, keeps other CRs and empty lines, and delivers an unfinished last line', () => {
    expect(texts(['a\nb\r\n\n\rc\r\r\nd'])).toEqual(['a', 'b', '', '\rc\r', 'd'])
    expect(texts(['a\n'])).toEqual(['a'])
    expect(texts(['a\r'])).toEqual(['a\r'])
    expect(texts([])).toEqual([])
    expect(texts(['a\r', '\nb'])).toEqual(['a', 'b'])
  })

  it('replaces invalid UTF-8 without losing the line end', () => {
    expect(texts([Buffer.from([0x61, 0xff, 0xe2, 0x82, 0x0a, 0x62])])).toEqual(['a\ufffd\ufffd', 'b'])
  })

  it('gives the same lines however the stream is cut', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 20 }), (bytes, places) => {
        const text = bytes.toString('utf8')
        const expected = text.split(/\r?\n/)
        if (expected.at(-1) === '') expected.pop()
        expect(texts(cutAt(bytes, places))).toEqual(expected)
      }),
    )
  })

  it('cuts long lines at the limit, between characters, wherever the stream is cut', () => {
    fc.assert(
      fc.property(
        stream,
        fc.array(fc.nat(), { maxLength: 20 }),
        fc.integer({ min: 4, max: 12 }),
        (bytes, places, max) => {
          const lines = split(cutAt(bytes, places), max)
          const whole = split([bytes])
          expect(lines.length).toBe(whole.length)
          lines.forEach(([line, truncated], index) => {
            const [full] = whole[index]!
            const size = Buffer.byteLength(full)
            expect(truncated).toBe(size > max)
            expect(full.startsWith(line)).toBe(true)
            expect(Buffer.byteLength(line)).toBeLessThanOrEqual(max)
            if (truncated) expect(Buffer.byteLength(line)).toBeGreaterThan(max - 4)
            else expect(line).toBe(full)
          })
        },
      ),
    )
  })

  it('counts neither CR nor LF as a part of the line', () => {
    expect(split(['abcd\r\n'], 4)).toEqual([['abcd', false]])
    expect(split(['abcd', '\r', '\n'], 4)).toEqual([['abcd', false]])
    expect(split(['abcde\r\n'], 4)).toEqual([['abcd', true]])
  })

  it('takes time in proportion to a long line that comes in small pieces', () => {
    const piece = Buffer.from('0123456789abcdef')
    const measure = (count: number): number => {
      let length = 0
      const splitter = createLineSplitter((line) => (length = line.length))
      const start = performance.now()
      for (let index = 0; index < count; index += 1) splitter.push(piece)
      splitter.end()
      expect(length).toBe(count * piece.length)
      return performance.now() - start
    }
    measure(10_000)
    const short = measure(50_000)
    // Sixteen times the work; quadratic code would take 256 times as long.
    expect(measure(800_000)).toBeLessThan(Math.max(short, 2) * 100)
  })
})
