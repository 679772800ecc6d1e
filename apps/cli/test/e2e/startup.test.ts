import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { world } from './support/world.js'

/** Hooks of Node's module loader that write down what is loaded. */
const hooks = `import { appendFileSync } from 'node:fs'
export async function load(url, context, next) {
  if (url.startsWith('file:')) appendFileSync(new URL('loaded.txt', import.meta.url), url + '\\n')
  return next(url, context)
}
`

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gump-startup-'))
  writeFileSync(join(folder, 'hooks.mjs'), hooks)
  writeFileSync(
    join(folder, 'register.mjs'),
    "import { register } from 'node:module'\nregister('./hooks.mjs', import.meta.url)\n",
  )
})
afterEach(() => rmSync(folder, { recursive: true }))

async function loadedBy(args: readonly string[]): Promise<readonly string[]> {
  const NODE_OPTIONS = `--import=${pathToFileURL(join(folder, 'register.mjs')).href}`
  const { code } = await world().gump(args, { env: { NODE_OPTIONS } })
  expect(code).toBe(0)
  return readFileSync(join(folder, 'loaded.txt'), 'utf8').trim().split('\n')
}

// How long that takes is measured by bench/startup.mjs.
it.each([
  [['--version'], 1],
  [['-V'], 1],
  [['--help'], 4],
  [['help'], 4],
  [[], 4],
])('gump %j loads nearly nothing', async (args, most) => {
  expect((await loadedBy(args)).length).toBeLessThanOrEqual(most)
})

/** Which of the packages some of what was loaded was made of. */
function packagesOf(loaded: readonly string[]): ReadonlySet<string> {
  const maps = loaded.filter((url) => url.includes('/dist/')).map((url) => `${fileURLToPath(url)}.map`)
  const sources = maps.flatMap(
    (map) => (JSON.parse(readFileSync(map, 'utf8')) as { readonly sources: readonly string[] }).sources,
  )
  return new Set(
    sources.map(
      (path) => /packages\/([a-z]+)\//u.exec(path)?.[1] ?? /\/([a-z]+)\/dist\//u.exec(path)?.[1] ?? '',
    ),
  )
}

it('the engine is loaded by commands that need it only', async () => {
  const packages = packagesOf(await loadedBy(['playbook', '--help']))
  expect([...packages]).toContain('errors')
  for (const name of ['engine', 'agents', 'workspace', 'schema', 'yaml'])
    expect([...packages]).not.toContain(name)
})

it('what parses YAML is loaded by commands that need it only', async () => {
  expect([...packagesOf(await loadedBy(['config', 'list']))]).not.toContain('yaml')
  expect([...packagesOf(await loadedBy(['playbook', 'list']))]).toContain('yaml')
})
