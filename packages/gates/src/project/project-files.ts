/**
 * Reads the files of a project, from wherever they are: a folder, a git commit, memory. Gate configuration is read
 * from the commit a run started from, so that no agent can change what judges it.
 *
 * Paths are relative to the project's root, separated by `/`, without `.` and `..`.
 */
export interface ProjectFiles {
  /** The text of a regular file, or null when there is none. */
  readFile(path: string): Promise<string | null>
  exists(path: string): Promise<boolean>
  /** Names in a folder (`''` is the root), folders with a trailing `/`. Empty when there is no such folder. */
  list(folder: string): Promise<readonly string[]>
}

/** The files below a folder, as a project of their own. */
export function filesBelow(files: ProjectFiles, folder: string): ProjectFiles {
  if (folder === '') return files
  const inside = (path: string): string => (path === '' ? folder : `${folder}/${path}`)
  return {
    readFile: async (path) => files.readFile(inside(path)),
    exists: async (path) => files.exists(inside(path)),
    list: async (path) => files.list(inside(path)),
  }
}

/** The first of these paths that exists, or null. */
export async function firstExisting(files: ProjectFiles, paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    if (await files.exists(path)) return path
  }
  return null
}
