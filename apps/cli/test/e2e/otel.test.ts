import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { describe, expect, it } from 'vitest'

import { world } from './support/world.js'
import { project, succeeds } from './support/workflows.js'

interface Received {
  readonly url: string
  readonly key: string | undefined
  readonly body: { resourceSpans: { scopeSpans: { spans: { name: string; traceId: string }[] }[] }[] }
}

async function collector(): Promise<{ readonly url: string; readonly received: Received[]; close(): void }> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    request.on('end', () => {
      const key = request.headers['x-key']
      received.push({
        url: request.url ?? '',
        key: typeof key === 'string' ? key : undefined,
        body: JSON.parse(text),
      })
      response.end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, received, close: () => server.close() }
}

const run = ['run', 'one', '--spec', 'spec.md', '-q']

describe('the export of traces', () => {
  it('sends one trace per run to the collector that the environment names', async () => {
    const { url, received, close } = await collector()
    try {
      const { gump } = world(project(succeeds))
      const env = { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20b' }
      expect(await gump(run, { env })).toMatchObject({ code: 0, stderr: '' })
      expect(received).toHaveLength(1)
      expect(received[0]).toMatchObject({ url: '/v1/traces', key: 'a b' })
      const spans = received[0]?.body.resourceSpans[0]?.scopeSpans[0]?.spans ?? []
      expect(spans[0]?.name).toBe('gump run one')
      expect(spans.length).toBeGreaterThan(2)
      expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1)
    } finally {
      close()
    }
  })

  it('is a note when nobody answers, and cannot be asked for by a repository', async () => {
    const { gump, repo } = world(project(succeeds))
    const env = { GUMP_OTEL_ENDPOINT: 'http://127.0.0.1:9' }
    const { code, stderr } = await gump(run, { env })
    expect(code).toBe(0)
    expect(stderr).toContain('the trace could not be sent to http://127.0.0.1:9/v1/traces')
    repo.write('gump.toml', '[otel]\nendpoint = "http://127.0.0.1:9"\n')
    expect((await gump(run)).stderr).toContain('a repository may not set otel.endpoint')
  })

  it('does not happen unasked', async () => {
    const { gump } = world(project(succeeds))
    expect((await gump(run)).stderr).toBe('')
  })
})
