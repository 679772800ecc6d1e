import type { ProjectFiles } from './project-files.js'

/**
 * The files of a git tree: `paths` as `git ls-tree -r --name-only -z` lists them, `read` the text of one of them.
 *
 * @example
 * ```ts
 * treeFiles(paths, async (path) => git.show(`${commit}:${path}`))
 * ```
 */
export function treeFiles(
  paths: Iterable<string>,
  read: (path: string) => Promise<string | null>,
): ProjectFiles {
  const files = new Set<string>()
  const folders = new Map<string, Set<string>>([['', new Set()]])
  for (const path of paths) {
    files.add(path)
    let name = path
    for (let child = path; child !== '';) {
      const cut = child.lastIndexOf('/')
      const folder = cut === -1 ? '' : child.slice(0, cut)
      name = child === path ? child.slice(cut + 1) : `${child.slice(cut + 1)}/`
      const known = folders.get(folder)
      if (known === undefined) folders.set(folder, new Set([name]))
      else known.add(name)
      child = folder
    }
  }
  return {
    readFile: async (path) => (files.has(path) ? read(path) : null),
    exists: async (path) => files.has(path) || folders.has(path),
    list: async (folder) => [...(folders.get(folder) ?? [])].toSorted(),
  }
}
