import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { root } from './root.mjs'

const parents = ['packages', 'apps', 'examples']

/**
 * Every package of this monorepo, or of the one at `top`.
 *
 * @param {string} [top]
 * @returns {{ dir: string, path: string, manifest: Record<string, any> }[]} `dir` is relative to the root
 */
export function workspaces(top = root) {
  const nested = parents
    .filter((parent) => existsSync(join(top, parent)))
    .flatMap((parent) => readdirSync(join(top, parent)).map((name) => `${parent}/${name}`))
    .filter((dir) => !dir.startsWith('examples/sample-'))
  return [...nested, 'workflows']
    .filter((dir) => existsSync(join(top, dir, 'package.json')))
    .toSorted()
    .map((dir) => ({
      dir,
      path: join(top, dir),
      manifest: JSON.parse(readFileSync(join(top, dir, 'package.json'), 'utf8')),
    }))
}

/** The packages that are published with a programming interface. */
export function libraries(top = root) {
  return workspaces(top).filter(({ manifest }) => manifest.private !== true && manifest.exports !== undefined)
}
