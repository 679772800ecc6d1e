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
