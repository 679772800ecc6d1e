/** True when `name` matches one of the globs; `*` stands for any characters, case does not matter. */
export function matchesAny(name: string, patterns: readonly string[]): boolean {
  const upper = name.toUpperCase()
  return patterns.some((pattern) => matches(upper, pattern.toUpperCase()))
}

// Greedy from the left, so that no pattern can take exponential time.
function matches(name: string, pattern: string): boolean {
  const [head = '', ...rest] = pattern.split('*')
  const tail = rest.pop()
  if (tail === undefined) return name === head
  if (!name.startsWith(head) || name.length < head.length + tail.length || !name.endsWith(tail)) return false
  let at = head.length
  const end = name.length - tail.length
  for (const part of rest) {
    const found = name.indexOf(part, at)
    if (found === -1 || found + part.length > end) return false
    at = found + part.length
  }
  return true
}
