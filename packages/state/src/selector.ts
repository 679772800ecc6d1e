import { nearest } from '@gump/errors'

/** What a step selector of the command line means among the steps of a run. */
export type SelectorMatch =
  | { readonly status: 'unique'; readonly path: string }
  | { readonly status: 'ambiguous'; readonly candidates: readonly string[] }
  | { readonly status: 'none'; readonly closest: readonly string[] }

/**
 * Finds the step that a person means: the path itself, or the only path that ends with the selector, segment by segment.
 * `build/<task>/<step>` stands for that step of that task, whatever the split is called, unless a step is really called `build`.
 *
 * @example `matchSelector('a/impl', ['decompose/a/impl', 'decompose/b/impl'])` is `{ status: 'unique', path: 'decompose/a/impl' }`
 */
export function matchSelector(selector: string, paths: Iterable<string>): SelectorMatch {
  const all = [...new Set(paths)]
  if (all.includes(selector)) return { status: 'unique', path: selector }

  let found = all.filter((path) => path.endsWith(`/${selector}`))
  const isAlias = selector.startsWith('build/') && !all.some((path) => path.split('/').includes('build'))
  if (found.length === 0 && isAlias) {
    const task = selector.slice('build'.length)
    found = all.filter((path) => path.endsWith(task))
  }

  const [first, second] = found
  if (first === undefined) return { status: 'none', closest: proposed(selector, all) }
  if (second !== undefined) return { status: 'ambiguous', candidates: found }
  return { status: 'unique', path: first }
}

function proposed(selector: string, paths: readonly string[]): readonly string[] {
  const whole = nearest(selector, paths)
  if (whole.length > 0) return whole
  const lastSegment = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
  const names = new Set(nearest(lastSegment(selector), paths.map(lastSegment)))
  return paths.filter((path) => names.has(lastSegment(path))).slice(0, 3)
}
