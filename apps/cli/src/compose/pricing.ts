import {
  type AssumedPrices,
  createAssumedPrices,
  createPriceLookup,
  type ModelPrice,
  type PriceLookup,
} from '@gump/agents'
import { GumpError } from '@gump/errors'

import type { Configuration } from '../config/configuration.js'

/**
 * Prices of the configuration over those of the bundled data set; what the former leave out is taken from the latter.
 * GUMP-C003 when neither says what a model's input or output costs.
 */
export function composePricing(config: Configuration): PriceLookup {
  const bundled = createPriceLookup()
  const models = pricedModels(config)
  for (const model of models) expectWholePrice(config, model, bundled)
  const own = new Map<string, ModelPrice>()
  return (model) => {
    if (!models.has(model)) return bundled(model)
    const known = own.get(model) ?? configuredPrice(config, model, bundled(model))
    own.set(model, known)
    return known
  }
}

/** Models of `[pricing]`. */
export function pricedModels(config: Configuration): ReadonlySet<string> {
  const parts = ['input', 'output', 'cache_read', 'cache_write']
  const models = parts.flatMap((part) => [...config.tableOf('pricing', '*', part).keys()])
  return new Set(models.filter((model) => model !== ASSUMED))
}

// No model: what tokens without a price count at against limits.
const ASSUMED = 'assumed'

/** Prices for limits, where there are none: `[pricing.assumed]`, or the highest known price. GUMP-C003 when it is half of one. */
export function composeAssumedPricing(config: Configuration): AssumedPrices {
  const isSet = config.settings.some(({ path }) => path[0] === 'pricing' && path[1] === ASSUMED)
  if (isSet) expectWholePrice(config, ASSUMED, () => null)
  return createAssumedPrices(isSet ? configuredPrice(config, ASSUMED, null) : null, composePricing(config))
}

function expectWholePrice(config: Configuration, model: string, bundled: PriceLookup): void {
  const missing = ['input', 'output'].find((part) => config.number('pricing', model, part) === undefined)
  if (missing === undefined || bundled(model) !== null) return
  throw new GumpError('GUMP-C003', `pricing.${model}.${missing} is missing (${placeOf(config, model)})`, {
    data: { model },
    remedy: 'Nothing else has a price for this model: write both input and output, 0 where it is free.',
  })
}

function placeOf(config: Configuration, model: string): string {
  return (
    config.settings.find(({ path }) => path[0] === 'pricing' && path[1] === model)?.where ?? 'configuration'
  )
}

const fields = {
  input: 'input',
  output: 'output',
  cache_read: 'cacheRead',
  cache_write: 'cacheWrite',
} as const

function configuredPrice(config: Configuration, model: string, known: ModelPrice | null): ModelPrice {
  const part = (name: keyof typeof fields) => {
    const setting = config.find('pricing', model, name)
    if (typeof setting?.value !== 'number') return undefined
    const bundled = known?.[fields[name]]
    // A repository that could call a model cheap could have its user's budget overspent.
    return setting.source === 'project' ? Math.max(setting.value, bundled ?? 0) : setting.value
  }
  const isWhole = part('input') !== undefined && part('output') !== undefined
  const input = part('input') ?? known?.input ?? 0
  return {
    ...known,
    input,
    output: part('output') ?? known?.output ?? 0,
    cacheRead: part('cache_read') ?? known?.cacheRead ?? input,
    cacheWrite: part('cache_write') ?? known?.cacheWrite ?? input,
    ...(known === null || isWhole
      ? { source: placeOf(config, model), date: '' }
      : { source: `${placeOf(config, model)}, the rest ${known.source}`, date: known.date }),
  }
}
