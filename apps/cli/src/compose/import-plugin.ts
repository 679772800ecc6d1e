import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { GumpError } from '@gump/errors'
import { resolve } from 'import-meta-resolve'

/**
 * The default export of a package, as a list, found as an `import` at the repository's root would find it. Node's own
 * `import.meta.resolve` takes no other place to look from.
 */
export async function importPlugin(root: string, name: string): Promise<readonly unknown[]> {
  try {
    const url = resolve(name, pathToFileURL(join(root, 'package.json')).href)
    const { default: exported } = (await import(url)) as { readonly default?: unknown }
    return Array.isArray(exported) ? (exported as readonly unknown[]) : [exported]
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new GumpError('GUMP-C007', `the plugin ${name} can not be loaded: ${reason}`, {
      cause: error,
      data: { package: name },
    })
  }
}
