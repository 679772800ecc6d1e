/**
 * Names in a sentence: the first few, and how many more there are.
 *
 * @param names - safe to print
 * @param most - how many are named
 *
 * @example `listFirst(['a', 'b', 'c'], 2) === 'a, b and 1 more'`
 */
export function listFirst(names: readonly string[], most: number): string {
  const more = names.length - most
  return names.slice(0, most).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
