import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { workspaces } from '../toolchain/workspaces.mjs'

const header = /^---\n([\s\S]*?)\n---/u

export const changesets = {
  name: 'changesets',
  why: 'Every published package has a version history that starts with a changeset, and none names what is not there.',
  check: (root) => {
    const dir = join(root, '.changeset')
    if (!existsSync(dir)) return ['.changeset is missing']
    const packages = workspaces(root)
    const named = new Map()
    for (const file of readdirSync(dir).filter((name) => name.endsWith('.md') && name !== 'README.md')) {
      const text = header.exec(readFileSync(join(dir, file), 'utf8'))?.[1] ?? ''
      for (const [, name] of text.matchAll(/^['"]?([^'":]+)['"]?:/gmu)) named.set(name, file)
    }
    const unknown = [...named]
      .filter(([name]) => !packages.some(({ manifest }) => manifest.name === name))
      .map(([name, file]) => `.changeset/${file}: no package is called ${name}`)
    const unborn = packages
      .filter(
        ({ manifest }) =>
          manifest.private !== true && manifest.version === '0.0.0' && !named.has(manifest.name),
      )
      .map(({ manifest }) => `${manifest.name} has neither a version nor a changeset`)
    return [...unknown, ...unborn]
  },
}
