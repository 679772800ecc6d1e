import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'tsup'
import { afterAll, beforeAll } from 'vitest'

const here = join(import.meta.dirname, '../../..')
const packages = join(here, '..')

/**
 * Compiles the program of the children from the sources as they are now, so that what dies is what is tested. It lies
 * inside the package, whose files it looks for.
 */
export function compileChild(): { file: string } {
  const program = { file: '' }
  let dir = ''
  beforeAll(async () => {
    mkdirSync(join(here, '.cache'), { recursive: true })
    dir = mkdtempSync(join(here, '.cache/test-'))
    await build({
      config: false,
      silent: true,
      entry: [join(here, 'src/crash/child.ts')],
      outDir: dir,
      format: 'esm',
      target: 'node20',
      splitting: false,
      outExtension: () => ({ js: '.mjs' }),
      noExternal: [/.*/],
      banner: {
        js: "import { createRequire as gumpRequire } from 'node:module'; const require = gumpRequire(import.meta.url);",
      },
      esbuildPlugins: [
        {
          name: 'sources',
          setup(esbuild) {
            esbuild.onResolve({ filter: /^@gump\/[a-z-]+$/ }, ({ path }) => {
              const name = path.slice('@gump/'.length)
              const source = name === 'workflows' ? `${packages}/../workflows` : `${packages}/${name}`
              return { path: join(source, 'src/index.ts') }
            })
          },
        },
      ],
    })
    program.file = join(dir, 'child.mjs')
  })
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  return program
}
