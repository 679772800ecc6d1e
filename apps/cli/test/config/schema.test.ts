import { parse } from 'smol-toml'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'

import { variableName } from '../../src/config/environment-layer.js'
import { configKeys } from '../../src/config/keys.js'
import { configJsonSchema } from '../../src/config/schema.js'
import { readTomlLayer } from '../../src/config/toml-layer.js'

const validate = new Ajv2020({ strict: true, allErrors: true, strictTypes: false }).compile(
  configJsonSchema(),
)

describe('the JSON Schema of the configuration', () => {
  it.each([
    ['', true],
    ['default_agent = "codex"\n[gates]\ntest = "x"\n', true],
    ['[worktree]\nsetup = ["npm ci"]\n', true],
    ['[agents.alias]\nclaude-opus = "codex"\n[agents.mine]\nformat = "jsonl"\n', true],
    ['[pricing."m"]\ninput = 1.5\n', true],
    ['[budget]\nmax_budget = 0\n', false],
    ['[sandbox]\nmode = "loose"\n', false],
    ['[gates]\nformat = "x"\n', false],
    ['nonsense = 1\n', false],
  ])('agrees with the reader about %j', (toml, legal) => {
    expect(validate(parse(toml))).toBe(legal)
    expect(readTomlLayer('user', 'x', toml).diagnostics.length === 0).toBe(legal)
  })
})

it('does not mark keys that are ignored', () => {
  expect(
    validate(parse('[analytics]\nenabled = false\n[update]\ncheck = false\n[validation]\ntimeout = 5\n')),
  ).toBe(true)
})

describe('the table of keys', () => {
  it('has legal defaults', () => {
    for (const { path, kind, default: value } of configKeys) {
      if (value !== undefined) expect(kind.check(value), path).toEqual(value)
    }
  })

  it('gives every key of its own an environment variable of its own', () => {
    const names = configKeys.map(({ path }) => variableName(path)).filter((name) => name !== undefined)
    expect(new Set(names).size).toBe(names.length)
  })
})
