/** `950`, `4.8k`, `1.2M`. */
export function formatTokens(count: number): string {
  if (count < 1000) return String(count)
  if (count < 999_950) return `${(count / 1000).toFixed(1)}k`
  return `${(count / 1e6).toFixed(1)}M`
}

/** `1 task`, `3 tasks`. */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
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
