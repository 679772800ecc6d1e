import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const skipped = new Set(['node_modules', 'dist', '.git', '.turbo', '.cache', '.gump', 'fixtures'])

/**
 * Paths of all files below `dir` that people wrote, relative to `dir`, with forward slashes.
 *
 * @param {string} dir
 * @returns {string[]}
 */
export function files(dir) {
  const walk = (prefix) =>
    readdirSync(join(dir, prefix), { withFileTypes: true }).flatMap((entry) => {
      const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walk(path)
      return entry.isFile() ? [path] : []
    })
  return walk('').toSorted()
}
