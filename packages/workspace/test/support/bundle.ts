import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'tsup'
import { afterAll, beforeAll } from 'vitest'

const here = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Compiles the sources into one file that a plain Node process can import, for tests that need processes to kill. It
 * lies inside the package, where its dependencies are found.
 */
export function bundleSources(): { file: string } {
  const bundle = { file: '' }
  let dir = ''
  beforeAll(async () => {
    mkdirSync(join(here, '.cache'), { recursive: true })
    dir = mkdtempSync(join(here, '.cache/test-'))
    await build({
      config: false,
      silent: true,
      entry: [join(here, 'src/index.ts')],
      outDir: dir,
      format: 'esm',
      target: 'node20',
      noExternal: ['@gump/errors'],
      esbuildOptions: (options) => {
        options.alias = { '@gump/errors': join(here, '../errors/src/index.ts') }
      },
    })
    bundle.file = join(dir, 'index.js')
  })
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  return bundle
}
