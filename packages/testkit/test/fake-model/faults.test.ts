import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { fakeModel, post } from './support/fake-model.js'
import { serverSentEvents } from './support/server-sent-events.js'

const paths = {
  anthropic: '/v1/messages',
  responses: '/v1/responses',
  chat: '/v1/chat/completions',
  gemini: '/v1beta/models/fake-1:generateContent',
}
const body = {
  stream: true,
  tools: [{ name: 'Write', function: { name: 'Write' }, functionDeclarations: [{ name: 'Write' }] }],
}
const only = (fault: object) => ({ conversations: [{ turns: [{ text: 'fine', fault: fault as never }] }] })

it.each([
  ['anthropic', { type: 'error', error: { type: 'rate_limit_error' } }],
  ['responses', { error: { code: 'rate_limit_exceeded' } }],
  ['chat', { error: { code: 'rate_limit_exceeded' } }],
  ['gemini', { error: { code: 429, status: 'RESOURCE_EXHAUSTED' } }],
] as const)('a status comes in the words of %s, with headers', async (dialect, error) => {
  const model = await fakeModel(
    only({ kind: 'http', status: 429, headers: { 'retry-after': '7' }, times: 1 }),
  )
  const first = await post(model, paths[dialect], body)
  expect(first.status).toBe(429)
  expect(first.headers.get('retry-after')).toBe('7')
  expect(await first.json()).toMatchObject(error)
  expect((await post(model, paths[dialect], body)).status).toBe(200)
})

it('a status may bring its own body', async () => {
  const model = await fakeModel(only({ kind: 'http', status: 402, body: { odd: true } }))
  expect(await (await post(model, paths.anthropic, body)).json()).toEqual({ odd: true })
})

it('a stall leaves the connection open', async () => {
  const model = await fakeModel(only({ kind: 'stall', after: 2 }))
  const response = await post(model, paths.anthropic, body)
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (text.split('\n\n').length < 3) text += (await reader.read()).value
  expect(serverSentEvents(text).map(({ event }) => event)).toEqual(['message_start', 'content_block_start'])
  const next = reader.read().then(
    () => 'ended',
    () => 'broken',
  )
  expect(await Promise.race([next, post(model, paths.anthropic, body).then(() => 'silent')])).toBe('silent')
  await model.close()
  expect(await next).toBe('broken')
})

it('a cut breaks the connection after what was sent', async () => {
  const model = await fakeModel(only({ kind: 'cut', after: 1 }))
  const response = await post(model, paths.chat, body)
  await expect(response.text()).rejects.toThrow()
})

it('a malformed event ends the stream', async () => {
  const model = await fakeModel(only({ kind: 'malformed', after: 1 }))
  const events = serverSentEvents(await (await post(model, paths.responses, body)).text())
  expect(events).toHaveLength(2)
  expect(() => JSON.parse(events[1]!.data)).toThrow(SyntaxError)
})

it('faults of a stream strike an answer that is none, too', async () => {
  const cut = await fakeModel(only({ kind: 'cut', after: 1 }))
  await expect(post(cut, paths.gemini, body)).rejects.toThrow()
  const malformed = await fakeModel(only({ kind: 'malformed', after: 1 }))
  await expect((await post(malformed, paths.gemini, body)).json()).rejects.toThrow(SyntaxError)
})

it('silence reads the request and says nothing', async () => {
  const model = await fakeModel(only({ kind: 'silence', times: 1 }))
  const silent = post(model, paths.chat, body).then(
    () => 'answered',
    () => 'broken',
  )
  const other = await post(model, paths.chat, body)
  expect(other.status).toBe(200)
  await other.text()
  await model.close()
  expect(await silent).toBe('broken')
})

it('a WebSocket is refused, so that clients fall back to HTTP', async () => {
  const model = await fakeModel({ conversations: [] })
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(model.port, '127.0.0.1')
    socket.on('error', reject)
    socket.once('data', (data) => resolve(data.toString()))
    socket.write(
      'GET /v1/responses HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n',
    )
  })
  expect(answer).toMatch(/^HTTP\/1\.1 404 /)
  expect(model.requests).toMatchObject([{ method: 'GET', url: '/v1/responses', answer: null }])
})
