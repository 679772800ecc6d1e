import type { PriceCalculation } from '@pydantic/genai-prices'
import { asUsd } from '../streams/json-value.js'
import type { ModelPrice } from './model-price.js'

/** Token prices out of one answer of the data set; null when it has none for input and output. */
export function readPrice(
  found: PriceCalculation,
  data: { readonly name: string; readonly version: string; readonly date: string },
): ModelPrice | null {
  const { model_price: price, model, provider } = found
  const input = perMillion(price['input_mtok'])
  const output = perMillion(price['output_mtok'])
  if (input === null || output === null) return null
  const window = model.context_window
  return {
    input,
    output,
    // Providers without a price of their own for caches charge them as input.
    cacheRead: perMillion(price['cache_read_mtok']) ?? input,
    cacheWrite: perMillion(price['cache_write_mtok']) ?? input,
    source: `${data.name} ${data.version}: ${provider.id}/${model.id}`,
    date: data.date,
    ...(window === undefined ? {} : { contextWindow: window }),
  }
}

function perMillion(price: PriceCalculation['model_price'][string]): number | null {
  return asUsd(typeof price === 'object' ? price.base : price)
}
