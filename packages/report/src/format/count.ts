import type { Tokens } from '../cost.js'
import type { Turns } from '../turns.js'

/** `950`, `4.8k`, `1.2M`. */
export function formatTokens(count: number): string {
  if (count < 1000) return String(count)
  if (count < 999_950) return `${(count / 1000).toFixed(1)}k`
  return `${(count / 1e6).toFixed(1)}M`
}

/** `12`; `unknown` or `12 + unknown` when not all could be counted. */
export function formatTurns({ known, unknown }: Turns): string {
  return partly(String(known), known, unknown)
}

/** The tokens of some classes together: `4.8k`, `unknown`, `4.8k + unknown`. */
export function formatClasses(tokens: Tokens, ...classes: readonly TokenClass[]): string {
  const count = classes.reduce((sum, name) => sum + tokens[name], 0)
  return partly(formatTokens(count), count, tokens.unknown)
}

/** The same for all classes. */
export function formatAllTokens(tokens: Tokens): string {
  return formatClasses(tokens, 'input', 'output', 'cacheRead', 'cacheWrite')
}

type TokenClass = Exclude<keyof Tokens, 'unknown'>

function partly(text: string, count: number, unknown: boolean): string {
  if (!unknown) return text
  return count === 0 ? 'unknown' : `${text} + unknown`
}

/** `67%`. @param share - from 0 to 1. */
export function formatPercent(share: number): string {
  return `${Math.round(share * 100)}%`
}

/** `+12 −3`; lines that were neither added nor removed are not mentioned. */
export function formatLines(insertions: number, deletions: number): string {
  return [insertions > 0 ? `+${insertions}` : '', deletions > 0 ? `−${deletions}` : '']
    .filter((part) => part !== '')
    .join(' ')
}
