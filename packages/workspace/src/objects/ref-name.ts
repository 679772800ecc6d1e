import { GumpError } from '@gump/errors'

/** The rules of git-check-ref-format(1) for a full ref name. */
const forbidden = /[\p{Cc} ~^:?*[\\\u007F]|\.\.|@\{|\/\/|\/\.|^\.|\.lock(?:\/|$)|\.$|\/$|\.\//u

/** True for `refs/…` names that git accepts. */
export function isRefName(ref: string): boolean {
  return /^refs\/[^/]+\/[^/]/u.test(ref) && !forbidden.test(ref)
}

/**
 * Returns `ref`, or refuses it.
 *
 * @throws GumpError GUMP-G010
 */
export function demandRefName(ref: string): string {
  if (isRefName(ref)) return ref
  throw new GumpError('GUMP-G010', `${JSON.stringify(ref)} is not a usable name for a ref`, { data: { ref } })
}

/** The ref of a branch; a name that starts with a dash is refused as git does. */
export function branchRef(branch: string): string {
  if (branch.startsWith('-') || branch === 'HEAD') return demandRefName('')
  return demandRefName(`refs/heads/${branch}`)
}

/**
 * Where Gump notes the place of a branch it owns. It moves together with the branch, so that a branch that another program
 * moved is distinguished from one that Gump moved.
 */
export function placeRef(branch: string): string {
  return `refs/gump-heads/${branch}`
}

/** What keeps the commits of a run reachable that its branch has left for others; null for branches of no run. */
export function leftRef(branch: string, commit: string): string | null {
  const run = /^gump\/run-([\w-]+)/u.exec(branch)?.[1]
  return run === undefined ? null : `refs/gump/${run}/@left.${commit}`
}
