import { createPriceLookup, PRICE_DATA } from '@gump/agents'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { LISTED_CLAUDE_MODELS } from '../src/prices/claude-prices.js'

describe('createPriceLookup', () => {
  const priceOf = createPriceLookup({ 'my-model': { input: 1, output: 4, cacheRead: 0.1 } })

  it('knows the models of the bundled data set, and where each price is from', () => {
    expect(priceOf('claude-sonnet-4-5')).toEqual({
      input: 3,
      output: 15,
      cacheRead: 0.3,
      cacheWrite: 3.75,
      source: '@pydantic/genai-prices 0.1.8: anthropic/claude-sonnet-4-5',
      date: '2026-09-23',
      contextWindow: 200_000,
    })
    expect(priceOf('gpt-5.5')).toMatchObject({ input: 5, output: 30, cacheRead: 0.5, cacheWrite: 5 })
  })

  it('understands ids with a provider in front', () => {
    expect(priceOf('anthropic/claude-sonnet-4-5')).toEqual(priceOf('claude-sonnet-4-5'))
    expect(priceOf('no-such-provider/claude-sonnet-4-5')).toBeNull()
  })

  it("takes Claude Code's own list for models that the data sets do not have", () => {
    const haiku = { input: 0.1, output: 0.5, cacheRead: 0.01, cacheWrite: 0.125 }
    expect(priceOf('claude-haiku-5-5')).toMatchObject({
      ...haiku,
      source: expect.stringMatching(/^Claude Code \d/u) as string,
    })
    expect(priceOf('anthropic/claude-haiku-5-5-20260801')).toMatchObject(haiku)
    expect(priceOf('claude-sonnet-5-5')).toMatchObject({
      input: 2,
      output: 10,
      cacheRead: 0.1,
      cacheWrite: 2.5,
    })
    expect(
      createPriceLookup({ 'claude-haiku-5-5': { input: 7, output: 9 } })('claude-haiku-5-5'),
    ).toMatchObject({
      input: 7,
    })
  })

  it.each(LISTED_CLAUDE_MODELS)('still has no other price for %s', (model) => {
    const { findProvider } = createRequire(import.meta.url)(
      '@pydantic/genai-prices',
    ) as typeof import('@pydantic/genai-prices')
    const ids = findProvider({ providerId: 'anthropic' })?.models.map(({ id }) => id)
    expect(ids, 'the list of Claude Code can be without it').not.toContain(model)
  })

  it('takes the configured price first', () => {
    expect(priceOf('my-model')).toMatchObject({
      input: 1,
      output: 4,
      cacheRead: 0.1,
      cacheWrite: 1,
      source: 'configuration',
    })
    const cheap = createPriceLookup({ 'claude-sonnet-4-5': { input: 0, output: 0 } })
    expect(cheap('claude-sonnet-4-5')).toMatchObject({ input: 0, cacheRead: 0 })
  })

  it.each(['nobody-knows-me', '', 'constructor', '__proto__', '/', 'a/', '../x', 'x'.repeat(10_000)])(
    'has no price for %j',
    (model) => {
      expect(priceOf(model)).toBeNull()
    },
  )

  it('names the version of the data set that is installed', () => {
    const entry = createRequire(import.meta.url).resolve('@pydantic/genai-prices')
    const manifest = JSON.parse(readFileSync(new URL('../package.json', `file://${entry}`), 'utf8')) as object
    expect(manifest).toMatchObject({ name: PRICE_DATA.name, version: PRICE_DATA.version })
  })

  it('is not loaded before it is asked', async () => {
    const source = readFileSync(new URL('../src/prices/price-lookup.ts', import.meta.url), 'utf8')
    expect(source).not.toMatch(/^import (?!type).*genai-prices/m)
  })
})
