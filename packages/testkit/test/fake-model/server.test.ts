import { expect, it } from 'vitest'
import { fakeModel, post } from './support/fake-model.js'
import type { Parsed } from './support/parsed.js'

const hello = { conversations: [{ match: 'hello', turns: [{ text: 'hi' }] }] }

it('keeps what came, and what it was taken for', async () => {
  const model = await fakeModel(hello)
  await post(model, '/v1/messages', {
    model: 'm',
    tools: [{ name: 'Bash' }],
    messages: [{ role: 'user', content: 'hello' }],
  })
  await post(model, '/v1/chat/completions', {
    model: 'm',
    messages: [{ role: 'user', content: 'a title, please' }],
  })
  expect(model.requests).toMatchObject([
    {
      method: 'POST',
      url: '/v1/messages',
      headers: { 'content-type': 'application/json' },
      body: { model: 'm' },
      answer: {
        kind: 'turn',
        dialect: 'anthropic',
        conversation: 0,
        turn: 0,
        fault: null,
        request: { tools: ['Bash'] },
      },
    },
    { answer: { kind: 'side', dialect: 'openai-chat', conversation: null, turn: null } },
  ])
})

it('accepts any prefix before a path it knows', async () => {
  const model = await fakeModel(hello)
  for (const path of ['/messages', '/proxy/v1/messages', '/a/b/responses', '/openai/chat/completions']) {
    expect((await post(model, path, {})).status).toBe(200)
  }
})

it('lists models', async () => {
  const model = await fakeModel({ models: ['one', 'two'], conversations: [] })
  const list: Parsed = await (await fetch(`${model.url}/v1/models`)).json()
  expect(list.data.map(({ id }: Parsed) => id)).toEqual(['one', 'two'])
  expect(list.models).toEqual([{ name: 'models/one' }, { name: 'models/two' }])
})

it('answers 404 elsewhere, and writes it down', async () => {
  const model = await fakeModel(hello)
  expect((await fetch(`${model.url}/oauth/token`)).status).toBe(404)
  expect((await post(model, '/v1/embeddings', {})).status).toBe(404)
  expect(model.requests.map(({ answer }) => answer)).toEqual([null, null])
})

it('survives what is not JSON', async () => {
  const model = await fakeModel(hello)
  const response = await fetch(`${model.url}/v1/messages`, { method: 'POST', body: '[not json' })
  expect(response.status).toBe(200)
  expect(model.requests[0]?.body).toEqual({})
})

it('frees its port', async () => {
  const model = await fakeModel(hello)
  await model.close()
  await expect(fetch(model.url)).rejects.toThrow()
})
