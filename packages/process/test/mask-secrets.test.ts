import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskSecrets } from '@gump/process'
import { createSecretMasker } from '../src/streams/secret-masker.js'

describe('maskSecrets', () => {
  it('masks every occurrence of secrets of 8 characters or more', () => {
    expect(maskSecrets('a=hunter22222 b=hunter22222', ['hunter22222'])).toBe('a=*** b=***')
    expect(maskSecrets('short1 stays', ['short1'])).toBe('short1 stays')
    expect(maskSecrets('12345678', ['12345678'])).toBe('***')
    expect(maskSecrets('nothing', [])).toBe('nothing')
  })

  it('joins occurrences that overlap or touch', () => {
    expect(maskSecrets('xabcdefghijx', ['abcdefgh', 'cdefghij'])).toBe('x***x')
    expect(maskSecrets('abcdefghabcdefgh', ['abcdefgh'])).toBe('***')
    expect(maskSecrets('abcdefghi', ['abcdefgh', 'abcdefghi'])).toBe('***')
  })

  it('finds a secret as it is written inside JSON, and without the blanks around it', () => {
    const key = '-----BEGIN KEY-----\nabc"def\n'
    expect(maskSecrets(JSON.stringify({ key: key.trim() }), [key])).toBe('{"key":"***"}')
    expect(maskSecrets('token tok_12345678.', [' tok_12345678\n'])).toBe('token ***.')
  })

  it('leaves no secret, and nothing but secrets goes', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 8, maxLength: 12 })
    fc.assert(
      fc.property(
        fc.array(letters, { maxLength: 4 }),
        fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 200 }),
        (secrets, text) => {
          const masked = maskSecrets(text, secrets)
          for (const secret of secrets) expect(masked).not.toContain(secret)
          const kept = masked.split('***')
          let at = 0
          for (const part of kept) {
            const found = text.indexOf(part, at)
            expect(found).toBeGreaterThanOrEqual(at)
            at = found + part.length
          }
        },
      ),
    )
  })

  it('takes little time for a repeated character', () => {
    const start = performance.now()
    expect(maskSecrets('a'.repeat(2_000_000), ['aaaaaaaa', 'aaaaaaaaaaa'])).toBe('***')
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('createSecretMasker', () => {
  it('gives what maskSecrets gives for the whole text, however the stream is cut', () => {
    const unit = fc.constantFrom('a', 'b', '\n', 'é')
    const secrets = fc.array(
      fc.string({ unit: fc.constantFrom('a', 'b', 'é'), minLength: 8, maxLength: 11 }),
      { maxLength: 4 },
    )
    const parts = (secret: readonly string[]): fc.Arbitrary<string> =>
      fc
        .array(fc.oneof(fc.string({ unit, maxLength: 9 }), fc.constantFrom(...secret, '')), { maxLength: 12 })
        .map((list) => list.join(''))
    const cases = secrets.chain((list) =>
      fc.tuple(fc.constant(list), parts(list), fc.array(fc.nat(60), { maxLength: 30 })),
    )
    fc.assert(
      fc.property(cases, ([list, text, sizes]) => {
        const masker = createSecretMasker(list)
        const bytes = Buffer.from(text)
        const output: Buffer[] = []
        let at = 0
        for (const size of sizes) {
          output.push(masker.push(bytes.subarray(at, at + size)))
          at += size
        }
        output.push(masker.push(bytes.subarray(at)), masker.end())
        expect(Buffer.concat(output).toString()).toBe(maskSecrets(text, list))
      }),
      { numRuns: 1000 },
    )
  })

  it('holds back nothing but what may be the beginning of a secret', () => {
    const masker = createSecretMasker(['sk-123456789'])
    expect(masker.push(Buffer.from('a line\n')).toString()).toBe('a line\n')
    expect(masker.push(Buffer.from('key sk-12')).toString()).toBe('key ')
    expect(masker.push(Buffer.from('x')).toString()).toBe('sk-12x')
    expect(masker.push(Buffer.from('sk-1')).toString()).toBe('')
    expect(masker.end().toString()).toBe('sk-1')
  })
})

describe('encoded secrets', () => {
  const secret = 'p/w+d ~ä"9 of mine'
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
  const encoded: readonly (readonly [string, string])[] = [
    ['base64', bytes.toString('base64')],
    ['base64url', bytes.toString('base64url')],
    ['hex', hex],
    ['upper-case hex', hex.toUpperCase()],
    ['a URL', encodeURIComponent(secret)],
    ['a form', new URLSearchParams({ a: secret }).toString().slice(2)],
    ['percent signs', hex.replaceAll(/../gu, '%$&')],
    ['JSON', JSON.stringify(secret).slice(1, -1)],
  ]

  it.each(encoded)('are masked as %s', (_form, text) => {
    expect(maskSecrets(`<${text}>`, [secret])).toMatch(/^<\*\*\*={0,2}>$/u)
  })

  it('are masked inside a longer base64 text, wherever they begin', () => {
    for (const before of ['', 'u', 'us', 'use', 'user:']) {
      for (const after of ['', '\n', ':x', ':xy']) {
        const text = Buffer.from(before + secret + after).toString('base64')
        const masked = maskSecrets(text, [secret])
        expect(masked).toContain('***')
        // At most what shares a character with its neighbours is left.
        const left = Buffer.from(masked.replaceAll('***', '').replaceAll('=', ''), 'base64').toString(
          'latin1',
        )
        expect(left.length).toBeLessThanOrEqual(before.length + after.length + 3)
      }
    }
  })

  it('are masked where programs break their lines', () => {
    const long = 'k'.repeat(20) + 'abcdefghijklmnopqrstuvwxyz0123456789'.repeat(3)
    const lines = (text: string, length: number) =>
      text.match(new RegExp(`.{1,${length}}`, 'gu'))?.join('\n') ?? ''
    for (const text of [
      lines(Buffer.from(long).toString('base64'), 76),
      lines(Buffer.from(long).toString('hex'), 60),
    ]) {
      const left = maskSecrets(text, [long]).replaceAll('***', '').replaceAll('\n', '')
      expect(left.length).toBeLessThan(20)
    }
  })

  it('take time in proportion to the text, however much of it nearly is one', () => {
    const many = Array.from({ length: 40 }, (_, n) => `${'ab'.repeat(400)}${n}`)
    const text = 'ab'.repeat(2_000_000)
    const start = performance.now()
    expect(maskSecrets(text, many)).toBe(text)
    expect(performance.now() - start).toBeLessThan(8000)
  })
})
