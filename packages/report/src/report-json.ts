import { countTokens, type Cost, type Tokens } from './cost.js'
import type { RunReport } from './report.js'
import type { Turns } from './turns.js'

/**
 * A report, or anything made of its parts, as JSON text in the ledger's spelling: snake_case, costs in US dollars as
 * `cost_usd` with their source, durations as `*_ms`, times as ISO 8601. Ends with a newline.
 */
export function renderReportJson(report: RunReport): string {
  return renderJson(report)
}

/** The same for stats, forecasts and lists of reports. */
export function renderJson(value: unknown): string {
  return `${JSON.stringify(ledgerSpelling(value), null, 2)}\n`
}

/** The data of {@link renderJson}, to be printed as part of something else. */
export function ledgerSpelling(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ledgerSpelling)
  if (typeof value !== 'object' || value === null) return value
  const fields: Record<string, unknown> = {}
  for (const [key, field] of Object.entries(value)) {
    // What a split wrote beside the known fields belongs to its author.
    if (key === 'extra') fields[key] = field
    else if (isCost(field)) Object.assign(fields, spellCost(key, field))
    else if (isTurns(field)) Object.assign(fields, spellTurns(key, field))
    else if (isTokens(field)) Object.assign(fields, spellTokens(key, field))
    else if (key === 'microUsd') fields['cost_usd'] = inUsd(field)
    else if (key.endsWith('At') && typeof field === 'number') {
      fields[snakeCase(key)] = new Date(field).toISOString()
    } else if (key.endsWith('MicroUsd') && (typeof field === 'number' || field === null)) {
      fields[`${snakeCase(key.slice(0, -'MicroUsd'.length))}_usd`] = field === null ? null : field / 1e6
    } else fields[snakeCase(key)] = ledgerSpelling(field)
  }
  return fields
}

/** An amount, or an estimate or range of amounts. */
function inUsd(value: unknown): unknown {
  if (typeof value === 'number') return value / 1e6
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [snakeCase(key), inUsd(part)]))
}

function isCost(value: unknown): value is Cost {
  return typeof value === 'object' && value !== null && 'microUsd' in value && 'estimatedMicroUsd' in value
}

/** `null` when no agent ran, or nothing is known; an unpriced part is said, never hidden in a number. */
function spellCost(key: string, cost: Cost): Record<string, unknown> {
  const name = snakeCase(key)
  return {
    [`${name}_usd`]: cost.any && !(cost.unpriced && cost.microUsd === 0) ? cost.microUsd / 1e6 : null,
    [`${name}_estimated_usd`]: cost.estimatedMicroUsd / 1e6,
    [`${name}_unpriced`]: cost.unpriced,
    ...(cost.atLeast === true ? { [`${name}_at_least`]: true } : {}),
  }
}

function isTurns(value: unknown): value is Turns {
  return typeof value === 'object' && value !== null && 'known' in value && 'unknown' in value
}

/** `null` when nothing is known; an unknown part is said. */
function spellTurns(key: string, { known, unknown }: Turns): Record<string, unknown> {
  const name = snakeCase(key)
  return { [name]: unknown && known === 0 ? null : known, [`${name}_unknown`]: unknown }
}

function isTokens(value: unknown): value is Tokens {
  return typeof value === 'object' && value !== null && 'cacheRead' in value && 'unknown' in value
}

function spellTokens(key: string, tokens: Tokens): Record<string, unknown> {
  const { unknown, ...classes } = tokens
  const name = snakeCase(key)
  const nothing = unknown && countTokens(tokens) === 0
  return { [name]: nothing ? null : ledgerSpelling(classes), [`${name}_unknown`]: unknown }
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
