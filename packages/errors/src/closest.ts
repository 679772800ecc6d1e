import leven from 'leven'

/**
 * The candidate a person most likely meant, or undefined when none is near: at most one edit per three characters,
 * letter case and the separators `-`, `_` and blank not counted.
 *
 * @example
 * ```ts
 * closest('promt', ['prompt', 'parallel']) // 'prompt'
 * ```
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  return nearest(word, candidates, 1)[0]
}

/** Like {@link closest}, but up to `limit` candidates, best first. */
export function nearest(word: string, candidates: Iterable<string>, limit = 3): readonly string[] {
  if (word.length > 100) return []
  const wanted = fold(word)
  const reach = Math.max(1, Math.floor(wanted.length / 3))
  const found: { candidate: string; distance: number }[] = []
  for (const candidate of candidates) {
    const folded = fold(candidate)
    if (Math.abs(folded.length - wanted.length) > reach) continue
    const distance = edits(wanted, folded, reach + 1)
    // One letter is an edit away from every other one.
    if (distance <= reach && distance < Math.max(wanted.length, folded.length))
      found.push({ candidate, distance })
  }
  found.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
  return found.slice(0, limit).map((entry) => entry.candidate)
}

function fold(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, '')
}

/** Levenshtein, but one swap of neighbours (`tset` for `test`) counts once. */
function edits(a: string, b: string, limit: number): number {
  const plain = leven(a, b, { maxDistance: limit })
  if (plain !== 2 && plain < limit) return plain
  for (let i = 0; i + 1 < a.length; i += 1) {
    const swapped = a.slice(0, i) + a.charAt(i + 1) + a.charAt(i) + a.slice(i + 2)
    if (swapped === b) return 1
  }
  return plain
}
