import { realpathSync } from 'node:fs'

import { escapeControl, GumpError } from '@gump/errors'
import { renderPlainTable } from '@gump/report'

import { configured } from '../configured.js'
import { type CliContext, tableWidth } from '../context.js'
import { json } from '../display/json.js'
import { exitCodes } from '../exit-codes.js'
import { ask } from '../people/ask.js'
import { openConsents } from '../plugins/consents.js'
import { describePlugin, fileHashes, pluginJson, standingWords } from '../plugins/describe-plugin.js'
import { openPluginStore } from '../plugins/plugin-store.js'
import { type PluginState, pluginStates } from '../plugins/plugin-state.js'
import { requireRepository } from '../repository.js'

/** All listed plugins and how they stand. */
export async function listPlugins(context: CliContext, options: { readonly json: boolean }): Promise<number> {
  const states = await statesHere(context)
  if (options.json) context.stdout.write(json(states.map(pluginJson)))
  else if (states.length === 0) context.stdout.write('No plugin is listed: [plugins] packages is empty.\n')
  else {
    const rows = states.map((state) => [
      escapeControl(state.listed.name),
      escapeControl(standingWords(state)),
      escapeControl(state.listed.where),
    ])
    context.stdout.write(renderPlainTable([['PLUGIN', 'STATE', 'FROM'], ...rows], tableWidth(context)))
    if (states.some(({ standing }) => standing === 'untrusted' || standing === 'changed'))
      context.stdout.write('\ngump trust PLUGIN shows what it is and asks for your consent.\n')
  }
  return exitCodes.passed
}

/** Shows what a plugin is, and asks. */
export async function showPlugin(
  context: CliContext,
  { plugin, json: asJson }: { readonly plugin: string; readonly json: boolean },
): Promise<number> {
  const states = await statesHere(context)
  const state = states.find(({ listed }) => listed.name === plugin)
  if (state === undefined) throw notListed(plugin, states)
  if (asJson) {
    context.stdout.write(json(pluginJson(state)))
    return exitCodes.passed
  }
  if (state.standing === 'broken') throw state.error
  context.stdout.write(describePlugin(state))
  if (state.standing === 'own') return exitCodes.passed
  if (state.standing === 'trusted') {
    context.stdout.write(`You have consented to it, on ${state.consent?.given.slice(0, 10)}.\n`)
    return exitCodes.passed
  }
  refuseWithoutTerminal(context, plugin)
  const yes = await ask(
    context,
    'Let this code run as you, outside of every sandbox, in runs of this repository? [y/N] ',
  )
  if (!yes) {
    context.stdout.write('Nothing was changed.\n')
    return exitCodes.failed
  }
  // What was shown is what is copied: a file that has changed since then has another hash.
  openPluginStore(context.home).open(state.fingerprint)
  openConsents(context.home).give({
    repository: realpathSync(requireRepository(context.cwd)),
    plugin,
    hash: state.fingerprint.hash,
    given: new Date().toISOString(),
    files: fileHashes(state.fingerprint),
  })
  context.stdout.write(`Trusted. gump trust ${plugin} --revoke takes it back.\n`)
  return exitCodes.passed
}

export async function revokeConsent(context: CliContext, plugin: string): Promise<number> {
  const root = requireRepository(context.cwd)
  const consents = openConsents(context.home)
  const taken = consents.takeBack(root, plugin)
  if (taken === undefined) {
    context.stdout.write(`There is no consent to ${escapeControl(plugin)} in this repository.\n`)
    return exitCodes.failed
  }
  if (!consents.all.some(({ hash }) => hash === taken.hash)) openPluginStore(context.home).remove(taken.hash)
  context.stdout.write(`${escapeControl(plugin)} is no longer trusted.\n`)
  return exitCodes.passed
}

async function statesHere(context: CliContext): Promise<readonly PluginState[]> {
  const root = requireRepository(context.cwd)
  return pluginStates(await configured(context), { root, home: context.home })
}

function notListed(plugin: string, states: readonly PluginState[]): GumpError {
  const names = states.map(({ listed }) => listed.name)
  return new GumpError('GUMP-C005', `no configuration here lists the plugin ${plugin}`, {
    data: { plugin, listed: names },
    remedy: names.length === 0 ? 'Add it to [plugins] packages first.' : `Listed are: ${names.join(', ')}.`,
  })
}

/** Consent is a person's: a flag, a variable, a pipe or an agent cannot give it. */
function refuseWithoutTerminal({ interactive, env }: CliContext, plugin: string): void {
  if (interactive && env['GUMP_CONTAINER'] === undefined) return
  throw new GumpError('GUMP-C010', `only a person on a terminal can consent to the plugin ${plugin}`, {
    data: { plugin },
    remedy: 'Run gump trust in a terminal of your own; there is no flag and no variable for it.',
  })
}
