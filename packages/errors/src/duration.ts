/**
 * A duration for people to read, rounded to what matters.
 *
 * @param ms - milliseconds; less than none counts as none
 * @returns `420ms`, `8s`, `2m 05s`, `1h 02m`
 */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))}ms`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  const two = (value: number): string => String(value).padStart(2, '0')
  if (minutes < 60) return `${minutes}m ${two(seconds % 60)}s`
  return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`
}

const units = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const

/**
 * A duration as workflows and configuration spell it.
 *
 * @param ms - milliseconds; less than none counts as none
 * @param most - how many units at most, the largest first; all by default, which loses nothing
 *
 * @example `spellDuration(5_400_000) === '1h30m'`
 */
export function spellDuration(ms: number, most: number = units.length): string {
  if (!Number.isFinite(ms)) return String(ms)
  let rest = Math.max(0, Math.round(ms))
  if (rest === 0) return '0s'
  const parts: string[] = []
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size)
    if (count > 0) parts.push(`${count}${unit}`)
    rest %= size
  }
  return parts.slice(0, most).join('')
}
