import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anthropic } from '../../src/fake-model/dialects/anthropic.js'
import { fakeModel, post } from './support/fake-model.js'
import { type Parsed, without } from './support/parsed.js'
import { replies, request } from './support/replies.js'
import { serverSentEvents } from './support/server-sent-events.js'

const script = {
  conversations: [
    {
      turns: [
        {
          reasoning: 'Think.',
          text: 'I write.',
          tools: [{ name: 'Write', args: { file_path: 'a.txt', content: 'x'.repeat(60) } }],
          usage: { input: 7, output: 3, cacheRead: 5, cacheWrite: 2 },
        },
      ],
    },
  ],
}
const body = {
  model: 'claude-sonnet-4-5',
  tools: [{ name: 'Write' }],
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Go' }] }],
}
const usage = {
  input_tokens: 7,
  output_tokens: 3,
  cache_read_input_tokens: 5,
  cache_creation_input_tokens: 2,
}

/** Puts content blocks together again, as a client does. */
function assemble(events: readonly { readonly data: Parsed }[]): Parsed[] {
  const blocks: Parsed[] = []
  const json = new Map<number, string>()
  for (const { data } of events) {
    const block = blocks[data.index]
    if (data.type === 'content_block_start') blocks[data.index] = { ...data.content_block }
    if (data.type === 'content_block_stop' && json.has(data.index))
      block.input = JSON.parse(json.get(data.index)!)
    if (data.type !== 'content_block_delta') continue
    const { delta } = data
    if (delta.type === 'text_delta') block.text += delta.text
    if (delta.type === 'thinking_delta') block.thinking += delta.thinking
    if (delta.type === 'signature_delta') block.signature += delta.signature
    if (delta.type === 'input_json_delta')
      json.set(data.index, (json.get(data.index) ?? '') + delta.partial_json)
  }
  return blocks
}

it('streams a message with thinking, text and a tool call', async () => {
  const model = await fakeModel(script)
  const response = await post(model, '/v1/messages?beta=true', { ...body, stream: true })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const events = serverSentEvents(await response.text()).map(({ event, data }) => ({
    event,
    data: JSON.parse(data),
  }))
  expect(events.every(({ event, data }) => event === data.type)).toBe(true)
  const names = events.map(({ event }) => event)
  expect(names[0]).toBe('message_start')
  expect(names.slice(-2)).toEqual(['message_delta', 'message_stop'])
  expect(events[0]?.data.message).toMatchObject({
    role: 'assistant',
    model: 'claude-sonnet-4-5',
    content: [],
  })
  expect(assemble(events)).toMatchObject([
    { type: 'thinking', thinking: 'Think.' },
    { type: 'text', text: 'I write.' },
    { type: 'tool_use', name: 'Write', input: { file_path: 'a.txt', content: 'x'.repeat(60) } },
  ])
  expect(events.at(-2)?.data).toMatchObject({ delta: { stop_reason: 'tool_use' }, usage })
})

it('answers with one object when no stream is asked for', async () => {
  const model = await fakeModel(script)
  const answer: Parsed = await (await post(model, '/v1/messages', body)).json()
  expect(answer).toMatchObject({ type: 'message', stop_reason: 'tool_use', usage })
  expect(answer.content.map((block: Parsed) => block.type)).toEqual(['thinking', 'text', 'tool_use'])
})

it('counts tokens without advancing', async () => {
  const model = await fakeModel(script)
  const counted = await (await post(model, '/v1/messages/count_tokens', body)).json()
  expect(counted).toEqual({ input_tokens: Math.ceil(JSON.stringify(body).length / 4) })
  expect(model.requests.map(({ answer }) => answer?.kind)).toEqual(['count'])
})

it('takes the words of the user, not the results of tools', () => {
  const read = anthropic.readRequest(
    {
      model: 'm',
      messages: [
        { role: 'user', content: 'first' },
        { role: 'assistant', content: [{ type: 'text', text: 'no' }] },
        { role: 'user', content: [{ type: 'tool_result', content: [{ type: 'text', text: 'no' }] }] },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
      ],
      tools: [{ name: 'Bash' }, { type: 'web_search' }],
      output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
    },
    {},
  )
  expect(read).toEqual({
    model: 'm',
    stream: false,
    tools: ['Bash'],
    userTexts: ['first', 'a\nb'],
    answerSchema: { type: 'object' },
  })
})

it('streams what it would say at once', () => {
  fc.assert(
    fc.property(replies, (reply) => {
      const whole: Parsed = anthropic.whole(reply, request)
      const strip = (blocks: Parsed[]) => blocks.map((block) => without(block, 'id'))
      expect(strip(assemble(anthropic.events(reply, request)))).toEqual(strip(whole.content))
    }),
  )
})
