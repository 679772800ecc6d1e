import type { Diagnostic } from '@gump/errors'

import { tomlValue } from './edit.js'
import { formatKeyPath } from './key-path.js'
import { configKeys } from './keys.js'
import { type ConfigLayer, type Setting, sources } from './layer.js'
import { mayReplace } from './repository-authority.js'

export interface Merged {
  readonly settings: readonly Setting[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Puts the layers together: flags over environment over project over user over defaults, key by key. */
export function mergeLayers(layers: readonly ConfigLayer[]): Merged {
  const diagnostics = layers.flatMap((layer) => layer.diagnostics)
  const byPath = new Map<string, Setting[]>()
  for (const setting of [...defaults(), ...layers.flatMap((layer) => layer.settings.map(canonical))]) {
    const path = formatKeyPath(setting.path)
    byPath.set(path, [...(byPath.get(path) ?? []), setting])
  }
  const settings = [...byPath.values()].map((given) => {
    const ordered = given.toSorted((a, b) => sources.indexOf(a.source) - sources.indexOf(b.source))
    return combine(ordered, diagnostics)
  })
  return { settings, diagnostics }
}

function combine(ordered: readonly Setting[], diagnostics: Diagnostic[]): Setting {
  const strongest = last(ordered)
  if (strongest.key.authority === 'extend') return union(ordered)
  if (strongest.source !== 'project') return strongest
  const own = ordered.findLast(({ source }) => source !== 'project')
  if (own === undefined) return strongest
  const refusal = mayReplace(own, strongest)
  if (refusal === null) return strongest
  diagnostics.push({
    code: 'GUMP-C004',
    severity: 'warning',
    message: `${strongest.where} asks for ${formatKeyPath(strongest.path)} = ${tomlValue(strongest.value)}, but a repository can only ${refusal} it; ${tomlValue(own.value)} stays in force`,
  })
  return own
}

/** All sources add up; the strongest one is named. */
function union(ordered: readonly Setting[]): Setting {
  const items = ordered.flatMap(({ value }) => (Array.isArray(value) ? (value as readonly string[]) : []))
  const given = ordered.filter(
    ({ source, value }) => source !== 'default' || (Array.isArray(value) && value.length > 0),
  )
  const strongest = last(ordered)
  return {
    ...strongest,
    value: [...new Set(items)],
    parts: given,
    where: given.length > 1 ? given.map(({ where }) => where).join(' + ') : strongest.where,
  }
}

function canonical(setting: Setting): Setting {
  const { means } = setting.key
  const key = means === undefined ? undefined : configKeys.find(({ path }) => path === means)
  return key === undefined ? setting : { ...setting, key, path: key.path.split('.') }
}

function defaults(): readonly Setting[] {
  return configKeys.flatMap((key) =>
    key.default === undefined
      ? []
      : [
          {
            path: key.path.split('.'),
            key,
            value: key.default,
            source: 'default' as const,
            where: 'default',
          },
        ],
  )
}

function last(settings: readonly Setting[]): Setting {
  const setting = settings.at(-1)
  if (setting === undefined) throw new TypeError('no setting to choose from')
  return setting
}
