/** What text and bytes have in common for a search. */
interface Searchable<T> {
  readonly length: number
  indexOf(needle: T, from: number): number
  lastIndexOf(needle: T, from: number): number
}

/** A stretch `[start, end)` that a secret covers. */
export interface Region {
  readonly start: number
  readonly end: number
}

/**
 * The stretches of `haystack` that occurrences of the needles cover, overlapping and touching ones joined, in order.
 * Joining makes the result independent of the order of the needles and of where a stream is cut.
 */
export function maskedRegions<T extends Searchable<T>>(haystack: T, needles: readonly T[]): Region[] {
  const found: Region[] = []
  for (const needle of needles) {
    for (let at = haystack.indexOf(needle, 0); at !== -1;) {
      let last = at
      // Hop to the last occurrence that still touches this one: linear even for `aaaaaaaa` in a sea of `a`.
      for (;;) {
        const next = haystack.lastIndexOf(needle, last + needle.length)
        if (next <= last) break
        last = next
      }
      const end = last + needle.length
      found.push({ start: at, end })
      at = haystack.indexOf(needle, end)
    }
  }
  return joined(found)
}

function joined(regions: Region[]): Region[] {
  if (regions.length < 2) return regions
  regions.sort((a, b) => a.start - b.start)
  const result: Region[] = []
  let current = regions[0]
  for (const region of regions) {
    if (current === undefined) break
    if (region.start <= current.end) {
      current = { start: current.start, end: Math.max(current.end, region.end) }
    } else {
      result.push(current)
      current = region
    }
  }
  if (current !== undefined) result.push(current)
  return result
}
