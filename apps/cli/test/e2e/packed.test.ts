import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { world } from './support/world.js'
import { project, succeeds } from './support/workflows.js'

const manifest = fileURLToPath(new URL('../../package.json', import.meta.url))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gump-packed-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** The program as `npm install gump` lays it out, far from this repository. */
function installPacked(): string {
  const env = { ...process.env, npm_config_update_notifier: 'false' }
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: dirname(manifest),
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  execFileSync('tar', ['-xzf', packed.trim().split('\n').at(-1) ?? ''], { cwd: folder })
  const modules = join(folder, 'node_modules')
  cpSync(join(folder, 'package'), join(modules, 'gump'), { recursive: true })
  const { dependencies } = createRequire(manifest)(manifest) as { dependencies: Record<string, string> }
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    cpSync(realpathSync(join(dirname(manifest), 'node_modules', name)), join(modules, name), {
      recursive: true,
    })
  }
  return join(modules, 'gump/bin/gump.js')
}

it('what npm installs runs by itself', async () => {
  const bin = installPacked()
  const here = world(project(succeeds))
  const run = await here.gump(['run', 'one', '--spec', 'spec.md'], { bin })
  expect([run.stderr, run.code]).toEqual(['', 0])
  const status = await here.gump(['status'], { bin })
  expect(status.stdout).toContain('  pass  one  ')
})
