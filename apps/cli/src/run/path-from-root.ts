import { isAbsolute, relative, resolve } from 'node:path'

/** A path as the user typed it in `cwd`, relative to the repository where it lies in it, absolute where not. */
export function pathFromRoot(root: string, cwd: string, typed: string): string {
  const path = resolve(cwd, typed)
  const inside = relative(root, path)
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside
}
