import type { ProjectFiles } from './project-files.js'

const MAX_FOLDERS = 60
/** Files at a root that belong to tools. */
export const CONFIGURATION: RegExp =
  /(?:^\.|\.config\.[cm]?[jt]s$|^(?:gulpfile|gruntfile|dangerfile|conftest|noxfile|setup|tasks|fabfile)\.)/i
/** Folders whose files are not the project itself. */
const BESIDE =
  /^(?:\..*|node_modules|vendor|third_party|docs?|examples?|scripts?|tools?|ci|contrib|build|dist|target|out)$/i

/** True when there are source files with one of these endings at the root or in a folder of it, tools' files aside. */
export async function hasSources(
  files: ProjectFiles,
  endings: readonly string[],
  aside: readonly string[] = [],
): Promise<boolean> {
  const root = await files.list('')
  const isSource = (name: string): boolean => endings.some((ending) => name.endsWith(ending))
  if (root.some((name) => isSource(name) && !CONFIGURATION.test(name) && !aside.includes(name))) return true
  let folders = root.filter((name) => name.endsWith('/') && !BESIDE.test(name.slice(0, -1)))
  for (let depth = 0; depth < 2; depth += 1) {
    const below: string[] = []
    for (const folder of folders.slice(0, MAX_FOLDERS)) {
      const names = await files.list(folder.slice(0, -1))
      if (names.some((name) => isSource(name))) return true
      below.push(
        ...names
          .filter((name) => name.endsWith('/') && !BESIDE.test(name.slice(0, -1)))
          .map((name) => folder + name),
      )
    }
    folders = below
  }
  return false
}
