import type { Stats } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProjectFiles } from './project-files.js'

/** No configuration file is larger; what is, is treated as absent. */
const MAX_BYTES = 8 * 1024 * 1024

/** The files of a folder on disk. */
export function diskFiles(root: string): ProjectFiles {
  return {
    async readFile(path) {
      const file = join(root, path)
      const found = await statOrNull(file)
      return found?.isFile() === true && found.size <= MAX_BYTES ? readFile(file, 'utf8') : null
    },
    async exists(path) {
      return (await statOrNull(join(root, path))) !== null
    },
    async list(folder) {
      try {
        const entries = await readdir(join(root, folder), { withFileTypes: true })
        return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).toSorted()
      } catch {
        return []
      }
    },
  }
}

async function statOrNull(file: string): Promise<Stats | null> {
  try {
    return await stat(file)
  } catch {
    return null
  }
}
