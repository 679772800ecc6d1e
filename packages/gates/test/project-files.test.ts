import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { diskFiles, treeFiles } from '../src/index.js'

let root: string
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'gump-files-'))))
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('project files', () => {
  it('are the same from a folder and from a tree', async () => {
    const segment = fc.stringMatching(/^[a-c]{1,2}$/)
    const paths = fc.uniqueArray(
      fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
      { maxLength: 8 },
    )
    await fc.assert(
      fc.asyncProperty(paths, async (wanted) => {
        // A path cannot be a file and a folder.
        const files = wanted.filter((path) => !wanted.some((other) => other.startsWith(`${path}/`)))
        const folder = mkdtempSync(join(root, 'case-'))
        for (const path of files) {
          mkdirSync(dirname(join(folder, path)), { recursive: true })
          writeFileSync(join(folder, path), `text of ${path}`)
        }
        const disk = diskFiles(folder)
        const tree = treeFiles(files, async (path) => `text of ${path}`)
        for (const path of [
          '',
          'missing',
          ...wanted,
          ...wanted.map((name) => dirname(name)).filter((name) => name !== '.'),
        ]) {
          expect(await tree.list(path)).toEqual(await disk.list(path))
          if (path === '') continue
          expect(await tree.exists(path)).toBe(await disk.exists(path))
          expect(await tree.readFile(path)).toBe(await disk.readFile(path))
        }
      }),
      { numRuns: 30 },
    )
  })

  it('take a folder for no file', async () => {
    mkdirSync(join(root, 'package.json'))
    expect(await diskFiles(root).readFile('package.json')).toBeNull()
    expect(await diskFiles(root).readFile('nothing')).toBeNull()
  })
})
