import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { describe, expect, it } from 'vitest'

import { bin } from './support/bin.js'
import { world, type World } from './support/world.js'
import { project, slow, succeeds } from './support/workflows.js'

async function connect({ repo, home }: World, more: Record<string, string> = {}): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, ...more }
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [bin, 'mcp'], cwd: repo.dir, env }),
  )
  return client
}

async function call(client: Client, name: string, given: Record<string, unknown> = {}): Promise<string> {
  const { content } = (await client.callTool({ name, arguments: given })) as { content: { text: string }[] }
  return content[0]?.text ?? ''
}

async function statusUntil(client: Client, wanted: string): Promise<string> {
  for (;;) {
    const { status } = JSON.parse(await call(client, 'status')) as { status: string }
    if (status === wanted || status === 'failed') return status
  }
}

describe('gump mcp', () => {
  it('starts a run and tells how it went', async () => {
    const client = await connect(world(project(succeeds)))
    try {
      expect((await client.listTools()).tools.map(({ name }) => name)).toEqual([
        'run',
        'status',
        'report',
        'stats',
      ])
      expect(JSON.parse(await call(client, 'run', { workflow: 'one', spec: 'spec.md' }))).toHaveProperty(
        'alias',
      )
      expect(await statusUntil(client, 'passed')).toBe('passed')
      expect(await call(client, 'report')).toContain('Workflow: one · Status: pass')
      expect(await call(client, 'report', { step: 'impl' })).toContain('done.txt  +1')
      expect(await call(client, 'stats')).toContain('1 run')
    } finally {
      await client.close()
    }
  })

  it('holds runs to the configured budget, and sends their traces', async () => {
    const received: string[] = []
    const collector = createServer((request, response) => {
      received.push(request.url ?? '')
      request.resume().on('end', () => response.end('{}'))
    })
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
    const { port } = collector.address() as AddressInfo
    const toml = '[agents.scripted]\nscript = "agent.yaml"\n[budget]\nmax_budget = 0.25\n'
    const client = await connect(world(project(succeeds, { 'gump.toml': toml })), {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    })
    try {
      await call(client, 'run', { workflow: 'one', spec: 'spec.md' })
      expect(await statusUntil(client, 'passed')).toBe('failed')
      expect(await call(client, 'report')).toContain('max_budget of $0.25 exceeded')
    } finally {
      await client.close()
      await expect.poll(() => received).toEqual(['/v1/traces'])
      collector.close()
    }
  })

  it('answers mistakes instead of dying of them', async () => {
    const client = await connect(world(project(succeeds)))
    try {
      expect(await call(client, 'run', { workflow: 'nope' })).toContain('there is no workflow "nope"')
      expect(await call(client, 'run', { workflow: 'one', max_budget_usd: -1 })).toContain('max_budget_usd')
      expect(await call(client, 'report')).toContain('GUMP-L005')
    } finally {
      await client.close()
    }
  })

  it('stops what it started when the connection ends', async () => {
    const made = world(project(slow))
    const client = await connect(made)
    await call(client, 'run', { workflow: 'one', spec: 'spec.md' })
    await client.close()
    const { stdout } = await made.gump(['runs', '--json'])
    expect(JSON.parse(stdout)).toMatchObject([{ status: 'cancelled' }])
  })
})
