import { createPriceLookup, type ModelPrice, type PriceLookup } from '@gump/agents'

import type { Configuration } from '../config/configuration.js'

/** Prices of the configuration over those of the bundled data set; what the former leave out is taken from the latter. */
export function composePricing(config: Configuration): PriceLookup {
  const bundled = createPriceLookup()
  const models = new Set(
    ['input', 'output', 'cache_read', 'cache_write'].flatMap((part) => [
      ...config.tableOf('pricing', '*', part).keys(),
    ]),
  )
  const own = new Map<string, ModelPrice>()
  return (model) => {
    if (!models.has(model)) return bundled(model)
    const known = own.get(model) ?? configuredPrice(config, model, bundled(model))
    own.set(model, known)
    return known
  }
}

function configuredPrice(config: Configuration, model: string, known: ModelPrice | null): ModelPrice {
  const part = (name: string) => config.number('pricing', model, name)
  const where = config.settings.find(({ path }) => path[0] === 'pricing' && path[1] === model)?.where
  const input = part('input') ?? known?.input ?? 0
  return {
    ...known,
    input,
    output: part('output') ?? known?.output ?? 0,
    cacheRead: part('cache_read') ?? known?.cacheRead ?? input,
    cacheWrite: part('cache_write') ?? known?.cacheWrite ?? input,
    source: where ?? 'configuration',
    date: known?.date ?? '',
  }
}
