import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openaiChat } from '../../src/fake-model/dialects/openai-chat.js'
import { fakeModel, post } from './support/fake-model.js'
import type { Parsed } from './support/parsed.js'
import { replies, request } from './support/replies.js'
import { serverSentEvents } from './support/server-sent-events.js'

const script = {
  conversations: [
    {
      turns: [
        {
          reasoning: 'Think.',
          text: 'I write.',
          tools: [{ name: 'write', args: { path: 'a.txt' } }],
          usage: { input: 10, output: 5, cacheRead: 4, reasoning: 2 },
        },
      ],
    },
  ],
}
const body = {
  model: 'fake-1',
  tools: [{ type: 'function', function: { name: 'write' } }],
  messages: [
    { role: 'system', content: 'no' },
    { role: 'user', content: [{ type: 'text', text: 'Go' }] },
    { role: 'tool', content: 'no' },
  ],
}
const usage = {
  prompt_tokens: 14,
  completion_tokens: 5,
  total_tokens: 19,
  prompt_tokens_details: { cached_tokens: 4 },
  completion_tokens_details: { reasoning_tokens: 2 },
}

/** Puts the message together again, as a client does. */
function assemble(chunks: readonly Parsed[]): Parsed {
  const message = { reasoning: '', content: '', calls: [] as Parsed[] }
  for (const { choices } of chunks) {
    const delta = choices[0]?.delta ?? {}
    message.reasoning += delta.reasoning_content ?? ''
    message.content += delta.content ?? ''
    for (const { index, function: called } of delta.tool_calls ?? []) {
      message.calls[index] ??= { name: called.name, arguments: '' }
      message.calls[index].arguments += called.arguments
    }
  }
  return message
}

it('streams chunks, then the usage, then the end', async () => {
  const model = await fakeModel(script)
  const response = await post(model, '/v1/chat/completions', { ...body, stream: true })
  const received = serverSentEvents(await response.text())
  expect(received.every(({ event }) => event === null)).toBe(true)
  expect(received.at(-1)?.data).toBe('[DONE]')
  const chunks = received.slice(0, -1).map(({ data }) => JSON.parse(data))
  expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
  expect(assemble(chunks)).toEqual({
    reasoning: 'Think.',
    content: 'I write.',
    calls: [{ name: 'write', arguments: '{"path":"a.txt"}' }],
  })
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage })
  expect(chunks.at(-2).choices[0].finish_reason).toBe('tool_calls')
})

it('answers with one object when no stream is asked for', async () => {
  const model = await fakeModel(script)
  const answer = await (await post(model, '/v1/chat/completions', body)).json()
  expect(answer).toMatchObject({
    object: 'chat.completion',
    usage,
    choices: [
      { finish_reason: 'tool_calls', message: { content: 'I write.', tool_calls: [{ type: 'function' }] } },
    ],
  })
})

it('reads tools, the user’s words and a wanted schema', () => {
  const read = openaiChat.readRequest(
    { ...body, response_format: { type: 'json_schema', json_schema: { schema: { type: 'object' } } } },
    {},
  )
  expect(read).toMatchObject({ tools: ['write'], userTexts: ['Go'], answerSchema: { type: 'object' } })
})

it('streams what it would say at once', () => {
  fc.assert(
    fc.property(replies, (reply) => {
      const events = openaiChat.events(reply, request).slice(0, -1)
      const { message } = (openaiChat.whole(reply, request) as Parsed).choices[0]
      const got = assemble(events.map(({ data }) => data))
      expect(got.reasoning).toBe(reply.reasoning)
      expect(got.content).toBe(message.content ?? '')
      expect(got.calls).toEqual((message.tool_calls ?? []).map((call: Parsed) => call.function))
    }),
  )
})
