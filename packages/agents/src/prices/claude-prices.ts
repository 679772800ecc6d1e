import type { ModelPrice } from './model-price.js'

const SOURCE = { program: 'Claude Code 2.1.332', date: '2026-11-24' } as const

type Classes = Pick<ModelPrice, 'input' | 'output' | 'cacheRead' | 'cacheWrite'>

/**
 * What Claude Code lists for models that the data sets do not have: they would take the price of an earlier one, which
 * for Haiku 5.5 is ten times as much. Prices for writing to the cache are those of five minutes, and as everywhere
 * those of small contexts.
 */
const LISTED: Readonly<Record<string, Classes>> = {
  'claude-sonnet-5-5': { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 },
  'claude-haiku-5-5': { input: 0.1, output: 0.5, cacheRead: 0.01, cacheWrite: 0.125 },
}

/** Models of the list, without a provider. */
export const LISTED_CLAUDE_MODELS: readonly string[] = Object.keys(LISTED)

/** Price by Claude Code's own list; null for models that a data set has. A date at the end of a model's id is no other model. */
export function listedClaudePrice(model: string): ModelPrice | null {
  const id = model.replace(/^anthropic\//u, '').replace(/-\d{8}$/u, '')
  const listed = Object.hasOwn(LISTED, id) ? LISTED[id] : undefined
  return listed === undefined ? null : { ...listed, source: `${SOURCE.program}: ${id}`, date: SOURCE.date }
}
