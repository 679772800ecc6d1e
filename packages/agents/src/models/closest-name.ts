import { closest, distance } from 'fastest-levenshtein'

/** The known name nearest to a mistyped one, or null when none is near. */
export function closestName(name: string, known: readonly string[]): string | null {
  if (known.length === 0 || name === '' || name.length > 200) return null
  const candidate = closest(name, [...known])
  return distance(name, candidate) <= Math.max(name.length < 4 ? 1 : 2, Math.floor(name.length / 3))
    ? candidate
    : null
}
