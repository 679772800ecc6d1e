import { existsSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { resolve as resolveImport } from 'import-meta-resolve'

import type { ListedPlugin } from './listed-plugin.js'
import { packageNameAt } from './package-name.js'
import { pluginProblem } from './plugin-problem.js'

/** Where a plugin is: all its paths are real. */
export interface PluginPlace {
  readonly listed: ListedPlugin
  /** What is imported. */
  readonly entry: string
  /** The folder whose files are the plugin. */
  readonly folder: string
  /** The folder holds more than the plugin, which is its entry alone. */
  readonly alone: boolean
  /** It is of the user's own making: listed by the user, and nothing of the repository. */
  readonly own: boolean
}

const packageName = /^(?:@[a-z0-9~._-]+\/)?[a-z0-9~_-][a-z0-9~._-]*(?:\/[^\0]+)?$/iu

/**
 * Finds a listed plugin: a package as an `import` at the repository's root would find it, or a file of the repository.
 * A user may also list files that lie elsewhere, and packages below `~/.gump`.
 *
 * @throws GumpError GUMP-C007 for everything else, and for what is not there.
 */
export function locatePlugin(listed: ListedPlugin, root: string, home: string): PluginPlace {
  const { name, byUser } = listed
  const written = byUser && name.startsWith('~/') ? join(home, name.slice(2)) : name
  if (/^\.\.?(?:\/|$)/u.test(written) || isAbsolute(written)) return locateFile(listed, written, root)
  if (!packageName.test(written)) {
    throw pluginProblem(name, `${JSON.stringify(name)} is neither a package nor a file of the repository`, {
      remedy: 'Write the name of an installed package, or a path such as ./plugins/NAME/index.js.',
    })
  }
  if (byUser) {
    const own = locatePackage(listed, written, join(home, '.gump'))
    if (own !== null && isBelow(realOf(join(home, '.gump')), own.entry)) return { ...own, own: true }
  }
  const found = locatePackage(listed, written, root)
  if (found === null) {
    throw pluginProblem(name, `the plugin ${name} cannot be loaded: it is not installed in ${root}`)
  }
  return found
}

function locateFile(listed: ListedPlugin, written: string, root: string): PluginPlace {
  const { name, byUser } = listed
  if (isAbsolute(written) && !byUser) {
    throw pluginProblem(name, `a repository may not list the plugin ${name}: it is an absolute path`, {
      remedy: 'List it in ~/.gump/config.toml, if it is yours.',
    })
  }
  const top = realpathSync(root)
  const entry = realOf(resolve(top, written))
  if (entry === null || !statSync(entry).isFile()) {
    throw pluginProblem(name, `the plugin ${name} cannot be loaded: there is no such file`)
  }
  const inside = isBelow(top, entry)
  if (!inside && !byUser) {
    throw pluginProblem(name, `a repository may not list the plugin ${name}: it lies outside, at ${entry}`, {
      remedy: 'List it in ~/.gump/config.toml, if it is yours.',
    })
  }
  const folder = folderAround(entry, inside ? top : null)
  return { listed, entry, folder, alone: folder === top, own: !inside }
}

/** The nearest folder above that is a package; without one, the folder of the file. */
function folderAround(entry: string, top: string | null): string {
  for (let at = dirname(entry); at !== top && at !== dirname(at); at = dirname(at)) {
    if (packageNameAt(at) !== null) return at
  }
  return dirname(entry)
}

function locatePackage(listed: ListedPlugin, name: string, from: string): PluginPlace | null {
  let url: string
  try {
    url = resolveImport(name, pathToFileURL(join(from, 'package.json')).href)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ERR_MODULE_NOT_FOUND') return null
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw pluginProblem(name, `the plugin ${name} cannot be loaded: ${reason}`, { cause: error })
  }
  const entry = url.startsWith('file:') ? realOf(fileURLToPath(url)) : null
  if (entry === null) return null
  const [scope = '', rest = ''] = name.split('/')
  const folder = packageFolder(name.startsWith('@') ? `${scope}/${rest}` : scope, from, entry)
  if (folder === realOf(from)) {
    throw pluginProblem(name, `the plugin ${name} is the repository itself`, {
      remedy: 'Put it in a folder of its own and list its path.',
    })
  }
  return { listed, entry, folder, alone: false, own: false }
}

/** The folder that Node found the package in, links resolved. */
function packageFolder(name: string, from: string, entry: string): string {
  for (let at = from; ; at = dirname(at)) {
    const candidate = realOf(join(at, 'node_modules', name))
    if (candidate !== null && isBelow(candidate, entry)) return candidate
    if (at === dirname(at)) return folderAround(entry, null)
  }
}

/** Real path; null when there is nothing. */
export function realOf(path: string): string | null {
  return existsSync(path) ? realpathSync(path) : null
}

/** True for a path strictly below a folder; both real. */
export function isBelow(folder: string | null, path: string): boolean {
  if (folder === null) return false
  const below = relative(folder, path)
  return below !== '' && below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below)
}

/** The folder that Node looks for a package's dependencies in first. */
export function isModulesFolder(path: string): boolean {
  return basename(path) === 'node_modules'
}
