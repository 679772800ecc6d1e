const UNITS = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const

/**
 * A duration as workflows spell it, at most two units long.
 *
 * @example `formatDuration(5_400_000) === '1h30m'`
 */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return String(ms)
  let rest = Math.max(0, Math.round(ms))
  if (rest === 0) return '0s'
  const parts: string[] = []
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size)
    if (count > 0) parts.push(`${String(count)}${unit}`)
    rest %= size
  }
  return parts.slice(0, 2).join('')
}
