import type { Configuration } from '../config/configuration.js'

/** One entry of `[plugins] packages`. */
export interface ListedPlugin {
  readonly name: string
  /** Listed by the user's own configuration or environment. */
  readonly byUser: boolean
  /** For people: `gump.toml:2`. */
  readonly where: string
}

/** All plugins that are listed, the user's first; one that both list is the user's. */
export function listedPlugins(config: Configuration): readonly ListedPlugin[] {
  const setting = config.find('plugins', 'packages')
  const found = new Map<string, ListedPlugin>()
  for (const { source, value, where } of setting?.parts ?? []) {
    for (const name of Array.isArray(value) ? (value as readonly string[]) : []) {
      const listed = { name, byUser: source !== 'project', where }
      if (listed.byUser || !found.has(name)) found.set(name, listed)
    }
  }
  return [...found.values()].toSorted((a, b) => Number(b.byUser) - Number(a.byUser))
}
