import { pricesOf, type PriceLookup } from './price-lookup.js'
import type { ModelPrice } from './model-price.js'
import { secondPricesOf } from './second-price.js'

/** Price that tokens without one count at against limits: by adapter and model; null when nothing has a price. */
export type AssumedPrices = (adapter: string, model: string | null) => ModelPrice | null

// Whose models the agents use when nobody says otherwise, by the names of both price sources.
const PROVIDERS: Readonly<Record<string, readonly string[]>> = {
  claude: ['anthropic'],
  codex: ['openai'],
  gemini: ['google'],
  qwen: ['alibaba'],
}
// The table, when a provider is not known: whose models agents are known to use.
const EVERYBODY = [
  'anthropic',
  'openai',
  'google',
  'alibaba',
  'mistral',
  'moonshotai',
  'deepseek',
  'x-ai',
  'zhipu',
]

/**
 * Assumed prices: the user's own, else the highest of the provider, else the highest of the table. They are for limits,
 * which are to stop a run rather too early than too late, and never make a cost.
 *
 * @param own of `[pricing.assumed]`
 */
export function createAssumedPrices(own: ModelPrice | null, priceOf: PriceLookup): AssumedPrices {
  const known = new Map<string, ModelPrice | null>()
  const highestOf = (providers: readonly string[]): ModelPrice | null => {
    const key = providers.join(' ')
    const found = known.get(key)
    if (found !== undefined) return found
    const price = highest(providers.flatMap((id) => [...pricesOf(id), ...secondPricesOf(id)]))
    known.set(key, price)
    return price
  }
  return (adapter, model) => {
    if (own !== null) return own
    const exact = model === null ? null : priceOf(model)
    if (exact !== null) return exact
    const prefix = model?.includes('/') === true ? [model.slice(0, model.indexOf('/'))] : null
    const providers = prefix ?? (Object.hasOwn(PROVIDERS, adapter) ? PROVIDERS[adapter] : undefined) ?? []
    return highestOf(providers) ?? highestOf(EVERYBODY)
  }
}

function highest(prices: readonly ModelPrice[]): ModelPrice | null {
  return prices.reduce<ModelPrice | null>((most, price) => {
    return most === null || price.input + price.output > most.input + most.output ? price : most
  }, null)
}
