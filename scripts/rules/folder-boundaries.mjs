import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

import { files } from './files.mjs'

/** Folders, and those that they import nothing from. */
const walls = [{ folder: 'packages/engine/src/prompt', from: ['packages/engine/src/shell'] }]

const imported = /\bfrom\s*'(\.[^']+)'/gu

/** Between packages `turbo boundaries` looks. */
export const folderBoundaries = {
  name: 'folder-boundaries',
  why: 'Texts of prompts are made from values; what reads them from worktrees and ledgers is in the shell.',
  check: (root) =>
    files(root)
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        walls.filter(({ folder }) => file.startsWith(`${folder}/`)).map((wall) => [file, wall]),
      )
      .flatMap(([file, { from }]) =>
        [...readFileSync(join(root, file), 'utf8').matchAll(imported)]
          .map(([, path]) => posix.join(posix.dirname(file), path))
          .filter((path) => from.some((folder) => path.startsWith(`${folder}/`)))
          .map((path) => `${file} imports ${path}`),
      ),
}
