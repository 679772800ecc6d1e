import type { ModelPrice } from '@gump/agents'
import { renderPlainTable } from '@gump/report'

import { composeAgents } from '../compose/agents.js'
import { composePricing, pricedModels } from '../compose/pricing.js'
import { configured } from '../configured.js'
import { type CliContext, tableWidth } from '../context.js'
import { json } from '../display/json.js'
import { exitCodes } from '../exit-codes.js'
import { repositoryRoot } from '../repository.js'
import { modelNames } from './models.js'

const heading = ['MODEL', 'IN', 'OUT', 'CACHE READ', 'CACHE WRITE', 'SOURCE', 'DATE']

/** What tokens cost: of the models with names, those that the configuration prices, and those that are asked for. */
export async function prices(
  context: CliContext,
  options: { readonly json: boolean; readonly models: readonly string[] },
): Promise<number> {
  const config = await configured(context)
  const priceOf = composePricing(config)
  const named = modelNames(config, composeAgents(config, repositoryRoot(context.cwd) ?? context.cwd))
  const wanted = new Set([...named.map(({ model }) => model), ...pricedModels(config), ...options.models])
  const found = [...wanted].map((model) => ({ model, price: priceOf(model) }))
  if (options.json) {
    context.stdout.write(json(found))
    return exitCodes.passed
  }
  const rows = found.map(({ model, price }) => [model, ...(price === null ? unknown : cells(price))])
  context.stdout.write(renderPlainTable([heading, ...rows], tableWidth(context)))
  context.stdout.write(
    '\nUSD per million tokens. They are used where a program does not tell its cost itself, and such amounts are called ' +
      'estimated.\nWithout a price usage is unpriced, and counts against budgets at [pricing.assumed], or the highest price of its provider;\n[pricing."MODEL"] in gump.toml sets one.\n',
  )
  return exitCodes.passed
}

const unknown = ['–', '–', '–', '–', 'no price known', '–']

function cells({ input, output, cacheRead, cacheWrite, source, date }: ModelPrice): readonly string[] {
  const amounts = [input, output, cacheRead, cacheWrite].map((usd) => `$${usd}`)
  return [...amounts, source, date === '' ? '–' : date]
}
