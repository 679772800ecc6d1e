/**
 * Makes paths of different runs comparable: segments that are tasks of a split, or items of a group, become `*`.
 * Segments that a plan writes as `*`, `<task>` or `{task}` mean the same.
 */
export function stepKey(path: string, itemsOf: (path: string) => readonly string[] | null): string {
  const segments = path.split('/')
  return segments
    .map((segment, index) => {
      if (isPlaceholder(segment)) return '*'
      const parent = segments.slice(0, index).join('/')
      return itemsOf(parent)?.includes(segment) === true ? '*' : segment
    })
    .join('/')
}

function isPlaceholder(segment: string): boolean {
  return segment === '*' || /^<.*>$/.test(segment) || /^\{.*\}$/.test(segment)
}
