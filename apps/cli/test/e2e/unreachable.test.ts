import { chmodSync, existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'

import type { LedgerEvent } from '@gump/ledger'
import { expect, it } from 'vitest'

import { world } from './support/world.js'
import { oneStep } from './support/workflows.js'

/** A Claude Code that asks its provider, and says what the system told it, as the real one does. */
const claude = `#!${process.execPath}
const { connect } = require('node:net')
if (process.argv.includes('--version')) { console.log('2.1.332 (Claude Code)'); process.exit(0) }
const say = (event) => console.log(JSON.stringify({ session_id: 's-1', ...event }))
const result = { type: 'result', usage: { input_tokens: 5, output_tokens: 1 }, num_turns: 1, total_cost_usd: 0.01 }
require('node:fs').appendFileSync(process.env.HOME + '/launches', 'x')
say({ type: 'system', subtype: 'init', model: 'claude-sonnet-5-5' })
connect(Number(process.env.PROVIDER_PORT), '127.0.0.1')
  .on('error', ({ code }) => {
    say({ ...result, subtype: 'success', is_error: true, result: 'API Error: Unable to connect to API (' + code + ')' })
    process.exit(1)
  })
  .on('connect', () => {
    require('node:fs').writeFileSync('done.txt', '')
    say({ type: 'assistant', message: { id: 'm', content: [{ type: 'text', text: 'made it' }] } })
    say({ ...result, subtype: 'success', is_error: false, result: 'made it' })
    process.exit(0)
  })
`

/** A port where nothing answers, and a function that starts a server there. */
async function closedPort(): Promise<{ port: number; open(): Promise<() => void> }> {
  const server = createServer((socket) => socket.end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  server.close()
  await once(server, 'close')
  return {
    port,
    async open() {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
      return () => server.close()
    },
  }
}

it('with --no-park, a refused connection stops the run at once, spends no attempt, and says what to do', async () => {
  const made = world({
    '.gump/workflows/one.yaml': oneStep.replace('agent: scripted', 'agent: claude'),
    'spec.md': 'Make done.txt.\n',
  })
  made.atHome('bin/claude', claude)
  chmodSync(`${made.home}/bin/claude`, 0o755)
  const { port, open } = await closedPort()
  const env = { PATH: `${made.home}/bin:${process.env['PATH']}`, PROVIDER_PORT: String(port) }
  const read = (text: string): readonly LedgerEvent[] =>
    text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as LedgerEvent] : []))

  const stopped = await made.gump(['run', 'one', '--spec', 'spec.md', '--no-park', '--json'], { env })
  expect(stopped.code).toBe(1)
  const events = read(stopped.stdout)
  expect(events.filter(({ type }) => type === 'agent_launching')).toHaveLength(1)
  expect(events.filter(({ type }) => type === 'agent_parked' || type === 'retry_triggered')).toEqual([])
  expect(events.find(({ type }) => type === 'agent_failed')).toMatchObject({
    cause: 'error',
    kind: 'network',
  })
  expect(events.find(({ type }) => type === 'circuit_breaker')).toMatchObject({
    reason: expect.stringContaining('ECONNREFUSED') as string,
    remedy: expect.stringContaining('gump run --resume') as string,
  })
  expect(existsSync(`${made.repo.dir}/done.txt`)).toBe(false)

  const close = await open()
  const continued = await made.gump(['run', '--resume', '--json'], { env })
  close()
  expect(continued.code, continued.stderr).toBe(0)
  const ended = read(continued.stdout).find((event) => event.type === 'agent_completed')
  expect(ended).toMatchObject({ attempt: 1, launch: 2 })
})
