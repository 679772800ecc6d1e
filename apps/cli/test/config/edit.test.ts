import fc from 'fast-check'
import { parse, stringify } from 'smol-toml'
import { describe, expect, it } from 'vitest'

import { setInToml } from '../../src/config/edit.js'
import { formatKeyPath, parseKeyPath } from '../../src/config/key-path.js'
import { locateKeys } from '../../src/config/locate.js'

describe('setting a key in a TOML text', () => {
  it('replaces the value and keeps comments', () => {
    expect(setInToml('# mine\n[budget] # usd\nmax_budget = 5 # enough\n', ['budget', 'max_budget'], 7)).toBe(
      '# mine\n[budget] # usd\nmax_budget = 7 # enough\n',
    )
  })

  it('replaces a value over several lines', () => {
    const toml = 'a = 1\n[sandbox]\nhide = [\n  "x", # one\n  "]",\n]\nmode = "auto"\n'
    expect(setInToml(toml, ['sandbox', 'hide'], ['y'])).toBe(
      'a = 1\n[sandbox]\nhide = ["y"]\nmode = "auto"\n',
    )
  })

  it('adds to the table when it is there', () => {
    expect(setInToml('[gates]\ntest = "x"\n\n[budget]\nmax_budget = 1\n', ['gates', 'lint'], 'y')).toBe(
      '[gates]\ntest = "x"\nlint = "y"\n\n[budget]\nmax_budget = 1\n',
    )
  })

  it('adds the table when it is not', () => {
    expect(setInToml('default_agent = "codex"', ['parallel', 'jobs'], 2)).toBe(
      'default_agent = "codex"\n\n[parallel]\njobs = 2\n',
    )
  })

  it('puts a key without table before the first table', () => {
    expect(setInToml('[gates]\ntest = "x"\n', ['default_agent'], 'codex')).toBe(
      'default_agent = "codex"\n[gates]\ntest = "x"\n',
    )
  })

  it('says what to write when it cannot', () => {
    expect(() => setInToml('gates = { test = "x" }\n', ['gates', 'test'], 'y')).toThrow('cannot be set')
  })
})

const part = fc.string({ minLength: 1, maxLength: 8 }).filter((name) => name !== '__proto__')
const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 3 }))
const document = fc.dictionary(part, fc.oneof(leaf, fc.dictionary(part, leaf, { maxKeys: 4 })), {
  maxKeys: 5,
})

describe('the places of keys', () => {
  it('survive being written and read', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (path) => {
        expect(parseKeyPath(formatKeyPath(path))).toEqual(path)
      }),
    )
  })

  it('cover exactly the value, in any document', () => {
    fc.assert(
      fc.property(document, (value) => {
        const toml = stringify(value)
        for (const { path, value: range } of locateKeys(toml).keys) {
          const written = parse(`x = ${toml.slice(range.start.offset, range.end.offset)}`)['x']
          const [first = '', second] = path
          const there = value[first]
          expect(written).toEqual(second === undefined ? there : Object(there)[second])
        }
      }),
    )
  })

  it('are found in linear time', () => {
    const hostile = `${' '.repeat(100_000)}\n${'a'.repeat(50_000)}.${'\t'.repeat(50_000)}x\n"${'\\'.repeat(50_000)}`
    const started = performance.now()
    locateKeys(hostile)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
