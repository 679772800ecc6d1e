import { pathToFileURL } from 'node:url'

import { pluginProblem } from '../plugins/plugin-problem.js'

/** The default export of a plugin, as a list. */
export async function importPlugin(name: string, file: string): Promise<readonly unknown[]> {
  try {
    const { default: exported } = (await import(pathToFileURL(file).href)) as { readonly default?: unknown }
    return Array.isArray(exported) ? (exported as readonly unknown[]) : [exported]
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw pluginProblem(name, `the plugin ${name} cannot be loaded: ${reason}`, {
      ...(isMissingModule(error)
        ? { remedy: 'A plugin can import what the package.json in its own folder lists as dependencies.' }
        : {}),
      cause: error,
    })
  }
}

function isMissingModule(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
}
