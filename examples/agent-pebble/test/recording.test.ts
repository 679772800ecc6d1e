import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

// Records the streams of the real program: `npx vitest run examples/agent-pebble -u` after a new version of it, and then
// each `expected.yaml` is gone over by a person. Without `-u` it fails when program and recordings differ.

const program = fileURLToPath(new URL('../bin/pebble.mjs', import.meta.url))
const prompt = 'Please\n- write notes/hello.txt: Hello.\n- append notes/hello.txt: And goodbye.\n'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pebble-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function pebble(
  stdin: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): { readonly stdout: string; readonly status: number | null } {
  const { stdout, status } = spawnSync(process.execPath, [program, 'run', ...args], {
    cwd: folder,
    env: { PEBBLE_HOME: join(folder, 'state'), ...env },
    input: stdin,
    encoding: 'utf8',
  })
  return { stdout, status }
}

const recording = (name: string): string => join('fixtures', name, 'stdout.ndjson')

test('success', async () => {
  const { stdout, status } = pebble(prompt)
  expect(status).toBe(0)
  expect(readFileSync(join(folder, 'notes/hello.txt'), 'utf8')).toBe('Hello.\nAnd goodbye.\n')
  await expect(stdout).toMatchFileSnapshot(recording('success'))
})

test('resumed', async () => {
  const first = JSON.parse(pebble(prompt).stdout.split('\n')[0] ?? '') as { session: string }
  const { stdout, status } = pebble('write more.txt: More.\n', ['--session', first.session])
  expect(status).toBe(0)
  await expect(stdout).toMatchFileSnapshot(recording('resumed'))
})

test('nothing to do, with the large model', async () => {
  const { stdout, status } = pebble('Think about it.', ['--model', 'pebble-large'])
  expect(status).toBe(0)
  await expect(stdout).toMatchFileSnapshot(recording('nothing-to-do'))
})

test('a file that cannot be written', async () => {
  const { stdout, status } = pebble('write ../outside.txt: no\n')
  expect(status).toBe(0)
  expect(existsSync(join(folder, '../outside.txt'))).toBe(false)
  await expect(stdout).toMatchFileSnapshot(recording('refused-write'))
})

test('killed after its first call', async () => {
  const lines = pebble(prompt).stdout.split('\n').slice(0, 3)
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(recording('killed'))
})

test.each([
  ['unknown-session', ['--session', 'p-000000000000'], {}],
  ['unknown-model', ['--model', 'pebble-huge'], {}],
  ['too-many-replies', ['--max-replies', '1'], {}],
  ['signed-out', [], { PEBBLE_FAIL: 'signed_out' }],
  ['rate-limited', [], { PEBBLE_FAIL: 'rate_limited' }],
] as const)('%s', async (name, args, env) => {
  const { stdout, status } = pebble(prompt, args, env)
  expect(status).toBe(1)
  await expect(stdout).toMatchFileSnapshot(recording(name))
})
