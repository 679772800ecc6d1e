import { closest, type Diagnostic, GumpError } from '@gump/errors'

import { findKey, formatKeyPath, type KeyPath, parseKeyPath, withQuotedName } from './key-path.js'
import { configKeys } from './keys.js'
import type { Setting } from './layer.js'
import { samePath } from './locate.js'
import { pathOfToday } from './retired.js'
import type { ConfigValue } from './value-kind.js'

/** The merged configuration: what is in force, and where each value comes from. */
export class Configuration {
  readonly settings: readonly Setting[]
  /** Warnings and notes; a configuration with errors is never made. */
  readonly diagnostics: readonly Diagnostic[]

  constructor(settings: readonly Setting[], diagnostics: readonly Diagnostic[]) {
    this.settings = settings
    this.diagnostics = diagnostics
  }

  find(...path: KeyPath): Setting | undefined {
    return this.settings.find((setting) => samePath(setting.path, path))
  }

  text(...path: KeyPath): string | undefined {
    const value = this.find(...path)?.value
    return typeof value === 'string' ? value : undefined
  }

  number(...path: KeyPath): number | undefined {
    const value = this.find(...path)?.value
    return typeof value === 'number' ? value : undefined
  }

  toggle(...path: KeyPath): boolean {
    return this.find(...path)?.value === true
  }

  list(...path: KeyPath): readonly string[] {
    const value = this.find(...path)?.value
    return Array.isArray(value) ? (value as readonly string[]) : []
  }

  /**
   * Values below a table by the name that the user chose: `tableOf('models')`, `tableOf('agents', 'alias')`,
   * `tableOf('agents', '*', 'executable')`.
   */
  tableOf(...pattern: KeyPath): ReadonlyMap<string, ConfigValue> {
    const wanted = (pattern.includes('*') ? pattern : [...pattern, '*']).join('.')
    const at = wanted.split('.').indexOf('*')
    return new Map(
      this.settings
        .filter(({ key }) => key.path === wanted)
        .map(({ path, value }) => [path[at] ?? '', value]),
    )
  }
}

/** The key and path that the user typed, or GUMP-C002 with the closest one. */
export function requireKey(written: string): {
  readonly path: KeyPath
  readonly key: NonNullable<ReturnType<typeof findKey>>
} {
  const path = parseKeyPath(pathOfToday(written))
  const key = path === undefined ? undefined : findKey(path)
  if (path !== undefined && key !== undefined) return { path, key }
  const quoted = path === undefined ? undefined : withQuotedName(path, 'key')
  const near =
    quoted === undefined
      ? closest(
          written,
          configKeys.map((entry) => entry.path),
        )
      : formatKeyPath(quoted)
  throw new GumpError(
    'GUMP-C002',
    `unknown configuration key ${path === undefined ? written : formatKeyPath(path)}`,
    {
      data: { key: written },
      ...(near === undefined ? {} : { remedy: `Did you mean ${near}? gump config list shows all keys.` }),
    },
  )
}
