import { createHash } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

import { isModulesFolder, type PluginPlace } from './locate-plugin.js'
import { type PackageFile, packageFiles } from './package-files.js'
import { packageAt } from './package-name.js'
import { pluginProblem } from './plugin-problem.js'
import { isShared } from './shared-packages.js'

/** A package that is part of what a plugin runs. */
export interface PluginPackage {
  readonly name: string
  /** Its real folder. */
  readonly folder: string
  readonly files: readonly PackageFile[]
  /** Which package of the list a name that it imports means. */
  readonly imports: Readonly<Record<string, number>>
}

/** All code that a plugin runs, Gump's own packages aside, and one hash of it. */
export interface Fingerprint {
  readonly hash: string
  /** What is imported, relative to the first package. */
  readonly entry: string
  /** The plugin itself, then everything that it depends on. */
  readonly packages: readonly PluginPackage[]
}

const mostPackages = 2000

/**
 * Looks through a plugin and its dependencies, found as Node finds them. Nothing of them is run.
 *
 * @throws GumpError GUMP-C007 when a file of it cannot be taken for what it is.
 */
export function fingerprintOf(place: PluginPlace): Fingerprint {
  const { listed, folder, alone, entry } = place
  const folders: string[] = [folder]
  const packages: PluginPackage[] = []
  const main = relative(folder, entry).split(sep).join('/')
  try {
    for (let at = 0; at < folders.length; at += 1) {
      const own = folders[at] ?? folder
      const facts = alone ? null : packageAt(own)
      const imports: Record<string, number> = {}
      for (const name of facts?.dependencies ?? []) {
        const found = isShared(name) ? null : dependencyOf(own, name)
        if (found === null) continue
        if (!folders.includes(found)) folders.push(found)
        imports[name] = folders.indexOf(found)
      }
      if (folders.length > mostPackages) throw new Error(`it depends on more than ${mostPackages} packages`)
      const files = packageFiles(own, alone ? main : null)
      packages.push({ name: facts?.name ?? 'plugin', folder: own, files, imports })
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw pluginProblem(listed.name, `the plugin ${listed.name} cannot be looked through: ${reason}`, {
      remedy: 'A plugin consists of regular files only; put it in a folder of its own.',
      cause: error,
    })
  }
  return { entry: main, packages, hash: hashOf(main, packages) }
}

/** Says everything that decides what is run, and not where it lies. */
export function hashOf(entry: string, packages: readonly Omit<PluginPackage, 'folder'>[]): string {
  const said = packages.map(({ name, files, imports }) => [
    name,
    files.map(({ path, sha256 }) => [path, sha256]),
    Object.entries(imports).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ])
  return createHash('sha256')
    .update(JSON.stringify([entry, said]))
    .digest('hex')
}

function dependencyOf(folder: string, name: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    const candidate = join(at, 'node_modules', name)
    if (!isModulesFolder(at) && existsSync(candidate)) return realpathSync(candidate)
    if (at === dirname(at)) return null
  }
}
