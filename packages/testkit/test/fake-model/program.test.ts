import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { build } from 'tsup'
import { afterAll, beforeAll, expect, it } from 'vitest'

let folder = ''
const children: ChildProcess[] = []

// Node 20 runs no TypeScript: the program is built from the sources as they are now, not taken from a build of before.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gump-fake-model-'))
  await build({
    config: false,
    silent: true,
    entry: [join(import.meta.dirname, '../../src/fake-model/main.ts')],
    outDir: folder,
    format: 'esm',
    outExtension: () => ({ js: '.mjs' }),
  })
})
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

function program(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [join(folder, 'main.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  return child
}

it('serves a script, says where, and writes down what came', async () => {
  const script = join(folder, 'script.json')
  writeFileSync(script, JSON.stringify({ conversations: [{ turns: [{ text: 'hi' }] }] }))
  const [ready, log, sent] = ['ready', 'log.ndjson', 'sent.ndjson'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const child = program('--script', script, '--ready', ready, '--log', log, '--sent', sent)
  const [said] = await once(child.stdout!, 'data')
  const url = String(said).trim()
  expect(readFileSync(ready, 'utf8').trim()).toBe(url)
  const response = await fetch(`${url}/v1/messages`, {
    method: 'POST',
    body: '{"model":"m","tools":[{"name":"t"}]}',
  })
  expect(await response.json()).toMatchObject({ content: [{ text: 'hi' }] })
  expect(JSON.parse(readFileSync(log, 'utf8'))).toMatchObject({
    url: '/v1/messages',
    answer: { kind: 'turn' },
  })
  // The client may have read the answer before the server knows that.
  while (!existsSync(sent)) await (await fetch(`${url}/v1/models`)).text()
  expect(JSON.parse(readFileSync(sent, 'utf8'))).toMatchObject({ model: 'm', whole: true })
  child.kill()
  expect(await once(child, 'exit')).toEqual([null, 'SIGTERM'])
})

it.each([[[]], [['--script', '/nonexistent']], [['--what']]])('refuses %j', async (args) => {
  const child = program(...args)
  const complaint = await text(child.stderr!)
  expect(complaint).toContain('Usage: ')
  expect(child.exitCode ?? (await once(child, 'exit'))[0]).toBe(2)
})
