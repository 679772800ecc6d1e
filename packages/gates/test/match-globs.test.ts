import { isGumpError } from '@gump/errors'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchGlobs } from '../src/index.js'

function matches(glob: string | string[], path: string, wholePath = false): boolean {
  return matchGlobs([glob].flat(), [path], { wholePath }).length === 1
}

describe('matchGlobs', () => {
  it.each([
    ['src/**', 'src/a.ts'],
    ['src/**', 'src/deep/er/.hidden/a.ts'],
    ['**/*.ts', 'a.ts'],
    ['**/*.ts', 'x/y/a.ts'],
    ['*.ts', 'x/y/a.ts'],
    ['config/prod.yaml', 'config/prod.yaml'],
    ['prod.yaml', 'config/prod.yaml'],
    ['./src/*.ts', 'src/a.ts'],
    ['/README.md', 'README.md'],
    ['/', 'a/b.ts'],
    ['./', 'a.ts'],
    ['src/', 'src/x/y.ts'],
    ['docs', 'a/docs'],
    ['{src,lib}/**', 'lib/a.ts'],
    ['src/[ab].ts', 'src/b.ts'],
    ['!(*.md)', 'a.ts'],
    ['.github/**', '.github/workflows/ci.yml'],
    ['*', '.env'],
    ['données/**', 'données/été.csv'],
    ['donne\u0301es/*.csv', 'donn\u00e9es/a.csv'],
    ['src/**', 'src/with space/and\nline feed.ts'],
    ['**/*.txt', 'a\nb/c.txt'],
    ['日本/*', '日本/語'],
    [String.raw`src/\[id\].ts`, 'src/[id].ts'],
    [String.raw`\!important`, '!important'],
    ['src/?.ts', 'src/é.ts'],
  ])('%j matches %j', (glob, path) => {
    expect(matches(glob, path)).toBe(true)
  })

  it.each([
    ['config/prod.yaml', 'other/config/prod.yaml'],
    ['config/prod.yaml', 'config/prod.yaml.bak'],
    ['src/*', 'src/a/b.ts'],
    ['src/**', 'src2/a.ts'],
    ['src', 'src/a.ts'],
    ['/README.md', 'docs/README.md'],
    ['*.ts', 'a.tsx'],
    ['SRC/**', 'src/a.ts'],
    ['a/b', String.raw`a\b`],
    ['', 'a'],
    ['  ', 'a'],
  ])('%j does not match %j', (glob, path) => {
    expect(matches(glob, path)).toBe(false)
  })

  it('takes away what a negated glob names, wherever it stands', () => {
    const paths = ['src/a.ts', 'src/a.snap', 'src/gen/b.ts', 'README.md']
    expect(matchGlobs(['src/**', '!*.snap', '!src/gen/**'], paths)).toEqual(['src/a.ts'])
    expect(matchGlobs(['!*.snap', 'src/**'], paths)).toEqual(['src/a.ts', 'src/gen/b.ts'])
    expect(matchGlobs(['!src/**'], paths)).toEqual(['README.md'])
  })

  it('compares whole paths only when told to', () => {
    expect(matches('*.ts', 'x/a.ts', true)).toBe(false)
    expect(matches('*.ts', 'a.ts', true)).toBe(true)
  })

  it('gives up on globs that would take forever', () => {
    const started = performance.now()
    const error = (() => {
      try {
        matchGlobs(['*a*a*a*a*a*a*b'], ['a'.repeat(250)], { limitMs: 200 })
      } catch (caught) {
        return caught
      }
    })()
    expect(isGumpError(error) && error.code).toBe('GUMP-R011')
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('refuses what is no glob', () => {
    expect(() => matchGlobs(['a'.repeat(70_000)], ['a'])).toThrowError(
      expect.objectContaining({ code: 'GUMP-R011' }),
    )
  })

  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((text) => !/[/\0]/.test(text) && !/^\.{1,2}$/.test(text))
  const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'))
  const literal = (text: string): string => text.replace(/[\\*?[\]{}()!+@|^$#"'<>~,]/g, String.raw`\$&`)

  it('finds every path with `**`, below its own folders, and by its escaped name', () => {
    fc.assert(
      fc.property(path, (text) => {
        expect(matches('**', text)).toBe(true)
        expect(matches(['!nothing/**'], text)).toBe(true)
      }),
    )
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[\w é漢[\]{}()*?!-]{1,8}$/u), { minLength: 2, maxLength: 4 }),
        (parts) => {
          fc.pre(parts.every((part) => part.trim() === part))
          const text = parts.join('/')
          expect(matches(literal(text), text)).toBe(true)
          expect(matches(`${literal(parts[0]!)}/**`, text)).toBe(true)
        },
      ),
    )
  })

  it('never matches more than the paths it was given, in their order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 10 }), { maxLength: 4 }),
        fc.array(path, { maxLength: 6 }),
        (globs, paths) => {
          const found = matchGlobs(globs, paths)
          expect(paths.filter((candidate) => found.includes(candidate))).toEqual(
            paths.filter((p) => found.includes(p)),
          )
          expect(found.every((candidate) => paths.includes(candidate))).toBe(true)
        },
      ),
    )
  })
})
