import { join } from 'node:path'

import { GumpError } from '@gump/errors'
import { readGivenFile } from '@gump/schema'

import { Configuration } from './configuration.js'
import { readEnvironmentLayer } from './environment-layer.js'
import type { ConfigLayer, Setting } from './layer.js'
import { mergeLayers } from './merge.js'
import { readTomlLayer } from './toml-layer.js'

export interface ConfigPlaces {
  /** Top of the repository; null outside of one. */
  readonly root: string | null
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** What the command line says, already checked. */
  readonly flags?: readonly Setting[]
}

/** The two files, as messages name them, and where they are. */
export function configFiles(places: Pick<ConfigPlaces, 'root' | 'home'>): {
  readonly project: { readonly name: string; readonly path: string } | null
  readonly user: { readonly name: string; readonly path: string }
} {
  return {
    project: places.root === null ? null : { name: 'gump.toml', path: join(places.root, 'gump.toml') },
    user: { name: '~/.gump/config.toml', path: join(places.home, '.gump/config.toml') },
  }
}

/** Reads and merges the whole configuration; throws one GumpError that lists every problem of every file. */
export async function loadConfiguration(places: ConfigPlaces): Promise<Configuration> {
  const files = configFiles(places)
  const texts: Record<string, string> = {}
  const layers: ConfigLayer[] = []
  for (const [source, file] of [
    ['user', files.user],
    ['project', files.project],
  ] as const) {
    if (file === null) continue
    const toml = readIfThere(file.path, source === 'project' ? places.root : null)
    if (toml === null) continue
    texts[file.name] = toml
    layers.push(readTomlLayer(source, file.name, toml))
  }
  layers.push(readEnvironmentLayer(places.env), { settings: places.flags ?? [], diagnostics: [] })
  const { settings, diagnostics } = mergeLayers(layers)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first !== undefined) {
    const what = errors.length === 1 ? 'one mistake' : `${errors.length} mistakes`
    throw new GumpError(first.code, `the configuration has ${what}`, {
      diagnostics: errors,
      data: { sources: texts },
    })
  }
  return new Configuration(settings, diagnostics)
}

function readIfThere(path: string, root: string | null): string | null {
  const read = readGivenFile(path, { root })
  if ('text' in read) return read.text
  if (read.kind === 'missing') return null
  throw new GumpError('GUMP-C001', `${path} ${read.problem}`, {
    remedy: 'make it a regular, readable file of UTF-8 text',
    data: { path },
  })
}
