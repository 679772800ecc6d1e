import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { capture } from './exec.mjs'
import { pinnedPnpm } from './pnpm.mjs'
import { root } from './root.mjs'
import { libraries } from './workspaces.mjs'

const bin = (name, ...args) => capture(join(root, 'node_modules/.bin', name), args)
const script = (name, ...args) => capture(process.execPath, [join(root, 'scripts', name), ...args])

/** Runs one command per package, two at a time, and joins the complaints. */
async function forEachLibrary(command) {
  const queue = libraries()
  const failures = []
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { code, output } = await command(next)
      if (code !== 0) failures.push(`${next.dir}:\n${output}`)
    }
  }
  await Promise.all([worker(), worker()])
  return { code: failures.length === 0 ? 0 : 1, output: failures.join('\n') }
}

/** First failure of a list of commands. */
async function inOrder(...commands) {
  for (const command of commands) {
    const result = await command()
    if (result.code !== 0) return result
  }
  return { code: 0, output: '' }
}

/** Benchmarks are only tried here: how long they take says nothing on a machine that does something else, too. */
function benchmarks() {
  const programs = readdirSync(join(root, 'bench')).filter((name) => name.endsWith('.mjs'))
  return inOrder(
    ...programs.map((name) => () => capture(process.execPath, [join(root, 'bench', name), '--smoke'])),
  )
}

/**
 * What `pnpm verify` and CI check, in this order. Each returns an exit code and what to show when it is not 0.
 *
 * @type {readonly { name: string, run: () => Promise<{ code: number, output: string }> }[]}
 */
export const checks = [
  { name: 'format', run: () => bin('oxfmt', '--check') },
  { name: 'lint', run: () => bin('oxlint', '--deny-warnings') },
  {
    name: 'types',
    run: () =>
      inOrder(
        () => bin('tsc', '-b'),
        () => bin('tsc', '-p', 'tsconfig.tests.json'),
      ),
  },
  { name: 'rules', run: () => script('rules.mjs') },
  {
    name: 'boundaries',
    run: () =>
      capture('npx', ['--yes', '--loglevel=error', pinnedPnpm, 'exec', 'turbo', 'boundaries', '--no-color']),
  },
  { name: 'knip', run: () => bin('knip', '--no-progress') },
  { name: 'api', run: () => script('api.mjs', '--check') },
  { name: 'docs', run: () => script('docs.mjs', '--check') },
  {
    name: 'publint',
    run: () => forEachLibrary(({ path }) => bin('publint', path, '--strict', '--pack', 'npm')),
  },
  {
    name: 'attw',
    run: () =>
      forEachLibrary(({ path }) => bin('attw', '--pack', path, '--profile', 'esm-only', '--no-color')),
  },
  { name: 'benchmarks', run: benchmarks },
  { name: 'tests', run: () => script('test.mjs') },
]
