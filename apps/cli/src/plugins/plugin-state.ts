import { isGumpError } from '@gump/errors'

import type { Configuration } from '../config/configuration.js'
import { type Consent, openConsents } from './consents.js'
import { type Fingerprint, fingerprintOf } from './fingerprint.js'
import { type ListedPlugin, listedPlugins } from './listed-plugin.js'
import { locatePlugin, type PluginPlace } from './locate-plugin.js'

/** How a listed plugin stands. */
export type PluginState = { readonly listed: ListedPlugin } & (
  | /** The user's own: loaded from where it is. */ {
      readonly standing: 'own'
      readonly place: PluginPlace
    }
  | {
      readonly standing: 'trusted' | 'changed' | 'untrusted'
      readonly place: PluginPlace
      readonly fingerprint: Fingerprint
      /** What was consented to, now or before it changed. */
      readonly consent: Consent | undefined
    }
  | { readonly standing: 'broken'; readonly error: Error }
)

/** All listed plugins and how they stand. Nothing of them is run. */
export function pluginStates(
  config: Configuration,
  { root, home }: { readonly root: string; readonly home: string },
): readonly PluginState[] {
  const listed = listedPlugins(config)
  if (listed.length === 0) return []
  const consents = openConsents(home)
  return listed.map((plugin): PluginState => {
    try {
      const place = locatePlugin(plugin, root, home)
      if (place.own) return { listed: plugin, standing: 'own', place }
      const fingerprint = fingerprintOf(place)
      const consent = consents.find(root, plugin.name)
      const standing =
        consent === undefined ? 'untrusted' : consent.hash === fingerprint.hash ? 'trusted' : 'changed'
      return { listed: plugin, standing, place, fingerprint, consent }
    } catch (error) {
      if (!isGumpError(error)) throw error
      return { listed: plugin, standing: 'broken', error }
    }
  })
}
