import type { ModelPrice } from './model-price.js'
import { createRequire } from 'node:module'
import { listedClaudePrice } from './claude-prices.js'
import { readPrice } from './read-price.js'
import { secondPrice } from './second-price.js'

/** Price of a model id, or null when there is none: then usage is unpriced, never free. */
export type PriceLookup = (model: string) => ModelPrice | null

/** A price from the user's configuration: `[pricing."model"]`. Absent cache prices are those of input. */
export interface PriceOverride {
  readonly input: number
  readonly output: number
  readonly cacheRead?: number
  readonly cacheWrite?: number
}

/** The bundled data set. */
export const PRICE_DATA: { readonly name: string; readonly version: string; readonly date: string } =
  Object.freeze({
    name: '@pydantic/genai-prices',
    version: '0.1.8',
    date: '2026-09-23',
  })

/**
 * Looks prices up in the user's own table, in Claude Code's list of what the data sets lack, in the bundled data set, which
 * needs no network and is loaded at the first question that is not answered before, then in a second one. Model ids may carry a provider:
 * `anthropic/claude-sonnet-4-5`. A model of Anthropic's that is newer than both has the price of the one before it.
 * Where a price grows with the size of the context, or with the date, it is the one for small contexts on the day of
 * the data set.
 *
 * @example
 * ```ts
 * const priceOf = createPriceLookup({ 'my-model': { input: 1, output: 4 } })
 * priceOf('claude-sonnet-4-5') // { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75, source: …, date: … }
 * priceOf('nobody-knows-me') // null
 * ```
 */
export function createPriceLookup(overrides: Readonly<Record<string, PriceOverride>> = {}): PriceLookup {
  const known = new Map<string, ModelPrice | null>()
  for (const [model, price] of Object.entries(overrides)) known.set(model, overridden(price))
  return (model) => {
    const found = known.get(model)
    if (found !== undefined) return found
    const bundled = bundledPrice(model) ?? secondPrice(model) ?? priceOfPredecessor(model)
    const listed = listedClaudePrice(model)
    const price = listed === null ? bundled : { ...bundled, ...listed }
    known.set(model, price)
    return price
  }
}

function overridden(price: PriceOverride): ModelPrice {
  const { input, output, cacheRead = input, cacheWrite = input } = price
  return { input, output, cacheRead, cacheWrite, source: 'configuration', date: PRICE_DATA.date }
}

type PriceData = typeof import('@pydantic/genai-prices')

let loaded: PriceData | null = null

function priceData(): PriceData {
  // The data set is almost a megabyte of JavaScript: `require` loads it when it is needed, and only then.
  loaded ??= createRequire(import.meta.url)('@pydantic/genai-prices') as PriceData
  return loaded
}

function bundledPrice(model: string): ModelPrice | null {
  const { calcPrice, findProvider } = priceData()
  const slash = model.indexOf('/')
  const providerId = slash === -1 ? undefined : model.slice(0, slash)
  if (providerId !== undefined && findProvider({ providerId }) === undefined) return null
  const found = calcPrice({ input_tokens: 0 }, slash === -1 ? model : model.slice(slash + 1), {
    timestamp: new Date(PRICE_DATA.date),
    ...(providerId === undefined ? {} : { providerId }),
  })
  return found === null ? null : readPrice(found, PRICE_DATA)
}

/** All prices of a provider's models, by its id in the data set; none when it is not in it. */
export function pricesOf(providerId: string): readonly ModelPrice[] {
  const models = priceData().findProvider({ providerId })?.models ?? []
  return models.flatMap(({ id }) => bundledPrice(`${providerId}/${id}`) ?? [])
}

const OF_ANTHROPIC = /^(?:anthropic\/)?(claude-[a-z]+)-(\d+)(?:[.-](\d{1,2}))?(?!\d)/

/** New models come faster than data sets, at the price of those before them; the source says whose price it is. */
function priceOfPredecessor(model: string): ModelPrice | null {
  const family = OF_ANTHROPIC.exec(model)?.[1]
  if (family === undefined) return null
  const ids = (priceData().findProvider({ providerId: 'anthropic' })?.models ?? []).map(({ id }) => id)
  const newest = ids
    .filter((id) => OF_ANTHROPIC.exec(id)?.[1] === family)
    .toSorted((a, b) => rank(a) - rank(b))
    .at(-1)
  const price = newest === undefined ? null : bundledPrice(newest)
  return price === null ? null : { ...price, source: `${price.source}, for ${model}` }
}

function rank(id: string): number {
  const [, , major = '0', minor = '0'] = OF_ANTHROPIC.exec(id) ?? []
  return Number(major) * 100 + Number(minor)
}
