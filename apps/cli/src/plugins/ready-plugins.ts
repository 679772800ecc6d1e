import { GumpError } from '@gump/errors'

import type { Configuration } from '../config/configuration.js'
import type { ReadyPlugin } from '../compose/plugins.js'
import { openPluginStore } from './plugin-store.js'
import { type PluginState, pluginStates } from './plugin-state.js'

/** What may be loaded of the listed plugins, and what waits for consent. */
export interface ReadyPlugins {
  readonly ready: readonly ReadyPlugin[]
  readonly waiting: readonly PluginState[]
}

/**
 * Sees to every listed plugin: the user's own is taken from where it is, any other from the copy that was consented to.
 *
 * @throws GumpError GUMP-C007 for one that is not there or cannot be looked through.
 */
export function readyPlugins(
  config: Configuration,
  places: { readonly root: string; readonly home: string },
): ReadyPlugins {
  const ready: ReadyPlugin[] = []
  const waiting: PluginState[] = []
  for (const state of pluginStates(config, places)) {
    const { name } = state.listed
    if (state.standing === 'broken') throw state.error
    if (state.standing === 'own') ready.push({ name, file: state.place.entry })
    else if (state.standing === 'trusted')
      ready.push({ name, file: openPluginStore(places.home).open(state.fingerprint) })
    else waiting.push(state)
  }
  return { ready, waiting }
}

/** GUMP-C010, which names them and what to do. */
export function notTrusted(waiting: readonly PluginState[]): GumpError {
  const names = waiting.map(({ listed }) => listed.name)
  const [first] = waiting
  const message =
    waiting.length === 1
      ? `the plugin ${names[0]} (${first?.listed.where}) ${whyNot(first)}`
      : `${names.length} plugins wait for your consent: ${waiting.map((one) => `${one.listed.name} (${one.listed.where})`).join(', ')}`
  return new GumpError('GUMP-C010', message, {
    data: { plugins: names },
    remedy: `It is code that would run as you, outside of every sandbox. Look at it and decide, on a terminal: ${names.map((name) => `gump trust ${quoted(name)}`).join('; ')}`,
  })
}

/** One line about a plugin that is not loaded for a plan. */
export function passedOver(state: PluginState): string {
  const { name } = state.listed
  return `plugin ${name} ${whyNot(state)} and is not loaded: gump trust ${quoted(name)}`
}

/** Why a plugin is not loaded. */
function whyNot(state: PluginState | undefined): string {
  return state?.standing === 'changed' ? 'has changed since you consented to it' : 'waits for your consent'
}

/** As a shell takes it. */
export function quoted(name: string): string {
  return /^[A-Za-z0-9@%+=:,./_-]+$/u.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`
}
