import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Options } from 'tsup'

import { sharedPackages } from '../src/plugins/shared-packages.js'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

const monorepo = fileURLToPath(new URL('../../..', import.meta.url))

interface OwnManifest {
  readonly name: string
  readonly version: string
  readonly exports: Readonly<Record<string, { readonly default: string }>>
}

function folderOf(name: string): string {
  return name === 'workflows' ? join(monorepo, name) : join(monorepo, 'packages', name)
}

function manifestOf(name: string): OwnManifest {
  return JSON.parse(readFileSync(join(folderOf(name), 'package.json'), 'utf8')) as OwnManifest
}

/** The source of what a package exports: `./dist/acp/main.js` is built from `src/acp/main.ts`. */
function sourceOf(name: string, subpath: string): string {
  const built = manifestOf(name).exports[subpath]?.default
  if (built === undefined) throw new Error(`@gump/${name} does not export ${subpath}`)
  return join(folderOf(name), built.replace(/^\.\/dist\//u, 'src/').replace(/\.js$/u, '.ts'))
}

/** An entry of a shared package: where plugins find it, and where its names come from. */
interface SharedEntry {
  /** Relative to `dist`, without its ending. */
  readonly place: string
  /** Stands before its names in the one module that all entries are taken from. */
  readonly prefix: string
  readonly names: readonly (Definition & { readonly as: string })[]
}

function sharedEntries(): readonly SharedEntry[] {
  return sharedPackages.flatMap((name) =>
    Object.keys(manifestOf(name).exports)
      .filter(isForPlugins)
      .map((subpath) => {
        const place = `packages/${name}/${fileName(subpath)}`
        const file = sourceOf(name, subpath)
        const names = [...definitionsIn(file)].map(([as, found]) => ({ as, ...found }))
        return {
          place,
          prefix: place.replaceAll(/\W/gu, '_'),
          names: names.length > 0 ? names : definedIn(file),
        }
      }),
  )
}

/** Where the bundler finds the module of all shared entries. */
export const sharedModule = 'build/plugin-imports.ts'

/**
 * All names that plugins may import, in one module. As entries of their own the packages would have the bundle cut into
 * three times as many chunks, and each costs every command half a millisecond.
 */
function sharedSource(): string {
  return sharedEntries()
    .flatMap(({ prefix, names }) =>
      names.map(({ name, as, file }) => `export { ${name} as ${prefix}_${as} } from ${JSON.stringify(file)}`),
    )
    .join('\n')
}

/** What lets Node find the shared packages in the bundle: manifests, and entries that lead to the one module. */
export function sharedFiles(): Readonly<Record<string, string>> {
  const entries = sharedEntries().map(({ place, prefix, names }) => {
    const list = names.map(({ as }) => `${prefix}_${as} as ${as}`).join(', ')
    return [`${place}.js`, `export { ${list} } from '../../plugin-imports.js'\n`]
  })
  const manifests = sharedPackages.map((name) => {
    const { name: full, version, exports } = manifestOf(name)
    const places = Object.keys(exports)
      .filter(isForPlugins)
      .map((subpath) => [subpath, `./${fileName(subpath)}.js`])
    const manifest = { name: full, version, type: 'module', exports: Object.fromEntries(places) }
    return [`packages/${name}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`]
  })
  return Object.fromEntries([...entries, ...manifests])
}

/** Bridge and follower are programs, and have places of their own. */
function isForPlugins(subpath: string): boolean {
  return subpath !== './acp-bridge' && subpath !== './follower'
}

function fileName(subpath: string): string {
  return subpath === '.' ? 'index' : subpath.slice(2)
}

/**
 * Bundles Gump's own packages from their sources, and leads each imported name to the file that defines it. A bundler cuts
 * along files, and takes everything that an index lists for used as soon as anybody uses it: without the detour through
 * builds and indexes, a command loads what it uses of a package and nothing else.
 */
export const ownPackagesFromSource: Plugin = {
  name: 'own-packages-from-source',
  setup(build) {
    build.onResolve({ filter: /^@gump\// }, ({ path }) => ({ path: entryOf(path), sideEffects: false }))
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (path.includes('node_modules')) return undefined
      if (path.endsWith(`/${sharedModule}`)) return { contents: sharedSource(), loader: 'js' }
      const text = await readFile(path, 'utf8')
      return { contents: text.replaceAll(ownImport, (...found) => importsOf(found)), loader: 'ts' }
    })
  },
}

const ownImport = /^(import|export) \{([^}]*)\} from '(@gump\/[^']+)'$/gmu
const listed = /^export \{([^}]*)\} from '(\.[^']+)'$/gmu

/** The index of `@gump/NAME`, or another entry of it. */
function entryOf(specifier: string): string {
  const [, name = '', ...rest] = specifier.split('/')
  return sourceOf(name, rest.length === 0 ? '.' : `./${rest.join('/')}`)
}

/** One import for each file that the names come from, on the lines that the import had. */
function importsOf([whole = '', keyword = '', names = '', specifier = '']: readonly string[]): string {
  const entry = entryOf(specifier)
  const imports = namesIn(names).map(({ name, as }) => {
    // An entry that is no index defines its names itself.
    const found = definitionsIn(entry).get(name) ?? { name, file: entry }
    return `${keyword} { ${found.name} as ${as} } from ${JSON.stringify(found.file)}`
  })
  return imports.join('; ') + '\n'.repeat(whole.split('\n').length - 1)
}

interface Definition {
  readonly name: string
  readonly file: string
}

const read = new Map<string, ReadonlyMap<string, Definition>>()

/** Where an index takes its names from; it does nothing else, which a rule of this repository checks. */
function definitionsIn(index: string): ReadonlyMap<string, Definition> {
  const known = read.get(index)
  if (known !== undefined) return known
  const definitions = new Map<string, Definition>()
  for (const [, names = '', path = ''] of readFileSync(index, 'utf8').matchAll(listed)) {
    const file = join(dirname(index), path.replace(/\.js$/u, '.ts'))
    for (const { name, as } of namesIn(names)) definitions.set(as, { name, file })
  }
  read.set(index, definitions)
  return definitions
}

/** The values that an entry defines itself. */
function definedIn(file: string): readonly (Definition & { readonly as: string })[] {
  const defined = readFileSync(file, 'utf8').matchAll(/^export (?:const|function|class) (\w+)/gmu)
  return [...defined].map(([, name = '']) => ({ name, as: name, file }))
}

/** The values among the names between two braces. */
function namesIn(text: string): readonly { readonly name: string; readonly as: string }[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.startsWith('type '))
    .map((part) => {
      const [name = '', as = name] = part.split(' as ')
      return { name, as }
    })
}
