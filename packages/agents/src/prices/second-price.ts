import type { ModelPrice } from './model-price.js'
import { SECOND_PRICES, SECOND_SOURCE } from './second-prices.js'

interface Listed {
  readonly provider: string
  readonly price: ModelPrice
}

let table: ReadonlyMap<string, Listed> | null = null

/** Price of a model that the first source does not have; null when the second one has none either. */
export function secondPrice(model: string): ModelPrice | null {
  const slash = model.indexOf('/')
  return listed().get(slash === -1 ? model : model.slice(slash + 1))?.price ?? null
}

/** All prices of a provider that the first source does not have. */
export function secondPricesOf(provider: string): readonly ModelPrice[] {
  return [...listed().values()].flatMap((entry) => (entry.provider === provider ? [entry.price] : []))
}

function listed(): ReadonlyMap<string, Listed> {
  table ??= new Map(
    SECOND_PRICES.trim()
      .split('\n')
      .map((line) => entry(line)),
  )
  return table
}

function entry(line: string): readonly [string, Listed] {
  const [provider = '', model = '', input = '', output = '', cacheRead = '-', cacheWrite = '-'] =
    line.split(' ')
  const or = (price: string, other: string): number => Number(price === '-' ? other : price)
  const price: ModelPrice = {
    input: Number(input),
    output: Number(output),
    cacheRead: or(cacheRead, input),
    cacheWrite: or(cacheWrite, input),
    source: `${SECOND_SOURCE.name} ${SECOND_SOURCE.version}: ${provider}/${model}`,
    date: SECOND_SOURCE.date,
  }
  return [model, { provider, price }]
}
