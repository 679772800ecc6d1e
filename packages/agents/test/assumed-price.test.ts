import { createAssumedPrices, createPriceLookup, type ModelPrice } from '@gump/agents'
import { describe, expect, it } from 'vitest'

const priceOf = createPriceLookup()
const own: ModelPrice = {
  input: 1,
  output: 2,
  cacheRead: 1,
  cacheWrite: 1,
  source: 'configuration',
  date: '',
}
const sum = (price: ModelPrice | null): number => (price?.input ?? 0) + (price?.output ?? 0)

describe('what tokens without a price count at', () => {
  it('is what the user says, whatever is known', () => {
    expect(createAssumedPrices(own, priceOf)('claude', 'claude-sonnet-4-5')).toBe(own)
  })

  it('is the price of the model where there is one', () => {
    expect(createAssumedPrices(null, priceOf)('claude', 'claude-sonnet-4-5')).toMatchObject({
      input: 3,
      output: 15,
    })
  })

  it.each([
    ['claude', 'anthropic'],
    ['codex', 'openai'],
    ['gemini', 'google'],
  ])('is the highest price of its provider: %s', (adapter, provider) => {
    const price = createAssumedPrices(null, priceOf)(adapter, null)
    expect(price?.source).toContain(`: ${provider}/`)
    expect(sum(price)).toBeGreaterThan(sum(priceOf('claude-sonnet-4-5')) / 2)
  })

  it('is that of the provider in the name of its model', () => {
    const price = createAssumedPrices(null, priceOf)('opencode', 'openai/nobody-knows-me')
    expect(price?.source).toContain(': openai/')
  })

  it('is the highest price of all where no provider is known', () => {
    const assumed = createAssumedPrices(null, priceOf)
    expect(sum(assumed('cursor', null))).toBeGreaterThanOrEqual(sum(assumed('codex', null)))
  })
})
