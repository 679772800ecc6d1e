import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'tsup'

const packages = fileURLToPath(new URL('../../../', import.meta.url))

/** Bundles the sources into one module for programs that are no tests: what they run is never a stale build. */
export async function bundle(): Promise<{ folder: string; file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'gump-bundle-'))
  await build({
    entry: { process: join(packages, 'process/src/index.ts') },
    outDir: folder,
    outExtension: () => ({ js: '.mjs' }),
    format: 'esm',
    target: 'node20',
    config: false,
    silent: true,
    dts: false,
    clean: false,
    noExternal: [/^@gump\//],
    esbuildOptions(options) {
      options.alias = { '@gump/errors': join(packages, 'errors/src/index.ts') }
    },
  })
  const names = await readdir(folder)
  if (!names.includes('process.mjs')) throw new Error(`bundled ${names.join(', ')}`)
  return { folder, file: join(folder, 'process.mjs') }
}
