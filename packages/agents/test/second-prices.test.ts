import { createPriceLookup } from '@gump/agents'
import { allPricing } from 'ai-sdk-cost-calculator'
import { expect, test } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { builtinAgents } from '@gump/agents'

const providers = ['alibaba', 'zhipu', 'openai', 'anthropic', 'google', 'deepseek', 'mistral', 'xai'] as const
const version = packageJson.devDependencies['ai-sdk-cost-calculator']

interface Listed {
  readonly inputPer1MTokens: number
  readonly outputPer1MTokens: number
  readonly cacheReadPer1MTokens?: number
  readonly cacheWritePer1MTokens?: number
}

test('src/prices/second-prices.ts is up to date; vitest -u writes it', async () => {
  const lines = providers.flatMap((provider) =>
    Object.entries(allPricing[provider] as Readonly<Record<string, Listed>>).flatMap(([model, price]) => {
      const { inputPer1MTokens: input, outputPer1MTokens: output } = price
      const isText =
        input > 0 &&
        output > 0 &&
        /^[\w.:-]+$/u.test(model) &&
        !/embed|image|audio|tts|live|transcribe|voice/u.test(model)
      if (!isText || firstSource(model)) return []
      const cached = [price.cacheReadPer1MTokens ?? '-', price.cacheWritePer1MTokens ?? '-']
      return [[provider, model, input, output, ...cached].join(' ')]
    }),
  )
  const module = `// Made from the npm package ai-sdk-cost-calculator: vitest -u brings it up to date. Models that the first source has are left out.

/** Where the prices come from. */
export const SECOND_SOURCE = {
  name: 'ai-sdk-cost-calculator',
  version: '${version}',
  date: '2026-09-23',
} as const

/** Provider, model, and USD per million tokens in, out, read from and written to the cache. */
export const SECOND_PRICES = \`
${lines.join('\n')}
\`
`
  await expect(module).toMatchFileSnapshot('../src/prices/second-prices.ts')
})

/** Whether the first source has a price of its own. */
function firstSource(model: string): boolean {
  return createPriceLookup()(model)?.source.startsWith('@pydantic/genai-prices') === true
}

test.each(
  builtinAgents().flatMap(({ models, name }) => [
    ...Object.entries(models.aliases).map(([alias, model]) => [`${name}-${alias}`, model] as const),
    ...(models.usual === undefined ? [] : [[name, models.usual] as const]),
  ]),
)('%s has a price', (_name, model) => {
  const price = createPriceLookup()(model)
  expect(price).toMatchObject({ source: expect.stringMatching(/./u) as string })
  expect(price?.input).toBeGreaterThan(0)
  expect(price?.output).toBeGreaterThan(0)
})
