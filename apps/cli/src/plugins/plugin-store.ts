import { createHash, randomUUID } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'

import { type Fingerprint, hashOf } from './fingerprint.js'
import { packageFiles } from './package-files.js'
import { sharedPackages, sharedRoot } from './shared-packages.js'

/**
 * Copies of plugins that were consented to, below `~/.gump/plugins`. What is loaded is a copy, so that nothing that
 * happens in a repository, before a run or during one, changes what runs.
 *
 * A copy is laid out for Node to find everything: each package in a `node_modules` of its own beside links to what it
 * imports, and Gump's own packages, as links to those of this Gump, in one further up.
 */
export interface PluginStore {
  /** File to import; the copy is made when it is missing, and is what was consented to, or this throws. */
  open(plugin: Fingerprint): string
  /** Removes the copies of a plugin. */
  remove(hash: string): void
}

export function openPluginStore(home: string): PluginStore {
  const top = join(home, '.gump', 'plugins')
  const here = join(top, `with-${keyOfThisGump()}`)
  return {
    open(plugin) {
      mkdirSync(here, { recursive: true, mode: 0o700 })
      linkShared(here)
      const place = join(here, plugin.hash)
      if (!isCopy(place, plugin)) {
        const made = join(here, `.${randomUUID()}`)
        try {
          copy(made, plugin)
          if (!isCopy(made, plugin)) throw new Error('its files changed while they were copied')
          rmSync(place, { recursive: true, force: true })
          moveInto(made, place)
        } finally {
          rmSync(made, { recursive: true, force: true })
        }
      }
      return join(place, 'p0', 'node_modules', plugin.packages[0]?.name ?? '', plugin.entry)
    },
    remove(hash) {
      if (!/^[0-9a-f]{64}$/u.test(hash) || !existsSync(top)) return
      for (const name of readdirSync(top)) {
        if (name.startsWith('with-')) rmSync(join(top, name, hash), { recursive: true, force: true })
      }
    },
  }
}

/** Another Gump on this machine links to other packages. */
function keyOfThisGump(): string {
  return createHash('sha256').update(realpathSync(sharedRoot())).digest('hex').slice(0, 12)
}

function linkShared(here: string): void {
  for (const name of sharedPackages) {
    link(join(realpathSync(sharedRoot()), name), join(here, 'node_modules', '@gump', name))
  }
}

function copy(made: string, { packages }: Fingerprint): void {
  for (const [index, { name, folder, files, imports }] of packages.entries()) {
    const modules = join(made, `p${index}`, 'node_modules')
    for (const { path } of files) {
      const file = join(modules, name, path)
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      copyFileSync(join(folder, path), file)
    }
    for (const [dependency, at] of Object.entries(imports)) {
      const target = join(made, `p${at}`, 'node_modules', packages[at]?.name ?? '')
      if (dependency !== name)
        link(relative(dirname(join(modules, dependency)), target), join(modules, dependency))
    }
  }
}

/** Whether a folder holds exactly the plugin: everything in it is read again. */
function isCopy(place: string, plugin: Fingerprint): boolean {
  if (!existsSync(place)) return false
  try {
    const packages = plugin.packages.map(({ name, imports }, index) => {
      const folder = join(place, `p${index}`, 'node_modules', name)
      return { name, imports, files: packageFiles(folder, null) }
    })
    const linked = plugin.packages.every(({ name, imports }, index) => {
      const modules = join(place, `p${index}`, 'node_modules')
      const names = new Set([name, ...Object.keys(imports)])
      return (
        modulesIn(modules).length === names.size &&
        Object.entries(imports).every(([dependency, at]) => {
          const target = join(place, `p${at}`, 'node_modules', plugin.packages[at]?.name ?? '')
          return dependency === name || realpathSync(join(modules, dependency)) === realpathSync(target)
        })
      )
    })
    return linked && hashOf(plugin.entry, packages) === plugin.hash
  } catch {
    return false
  }
}

/** Names of the packages in a `node_modules`. */
function modulesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(folder, name)).map((below) => `${name}/${below}`) : [name],
  )
}

/** Another process may have been faster; the content is the same. */
function moveInto(made: string, place: string): void {
  try {
    renameSync(made, place)
  } catch (error) {
    if (!existsSync(place)) throw error
  }
}

function link(target: string, at: string): void {
  mkdirSync(dirname(at), { recursive: true, mode: 0o700 })
  try {
    symlinkSync(target, at)
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    if (!taken) throw error
  }
}
