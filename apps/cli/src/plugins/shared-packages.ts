import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

import { resolve } from 'import-meta-resolve'

import { packageNameAt } from './package-name.js'

/** Gump's own packages, which plugins and engine share: they mean those of the Gump that runs, wherever they lie. */
const shared = [
  '@gump/agents',
  '@gump/engine',
  '@gump/errors',
  '@gump/gates',
  '@gump/guards',
  '@gump/ledger',
  '@gump/process',
  '@gump/report',
  '@gump/schema',
  '@gump/state',
  '@gump/workflows',
  '@gump/workspace',
] as const

/** True for a package that a plugin gets from Gump. */
export function isShared(name: string): boolean {
  return shared.some((one) => one === name) || name === 'gump'
}

/** Folders of the shared packages by name. */
export function sharedFolders(): ReadonlyMap<string, string> {
  return new Map(
    shared.flatMap((name) => {
      const folder = folderOf(name)
      return folder === null ? [] : [[name, folder] as const]
    }),
  )
}

/** Some of them are not ours to import, but the engine's. */
function folderOf(name: string): string | null {
  for (const from of [() => import.meta.url, () => resolve('@gump/engine', import.meta.url)]) {
    try {
      return topOf(dirname(fileURLToPath(resolve(name, from()))), name)
    } catch {
      continue
    }
  }
  return null
}

function topOf(folder: string, name: string): string | null {
  for (let at = folder; at !== dirname(at); at = dirname(at)) if (packageNameAt(at) === name) return at
  return null
}
