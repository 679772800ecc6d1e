import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openaiResponses } from '../../src/fake-model/dialects/openai-responses.js'
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
          tools: [
            { anyOf: [{ name: 'shell', args: { command: 'ls' } }] },
            { name: 'apply_patch', input: '*** Begin Patch\n*** End Patch' },
          ],
          usage: { input: 10, output: 5, cacheRead: 4, reasoning: 2 },
        },
      ],
    },
  ],
}
const body = {
  model: 'gpt-5.5',
  tools: [{ type: 'function', name: 'shell' }, { type: 'web_search' }],
  input: [
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Go' }] },
    { type: 'function_call_output', call_id: 'c', output: 'no words of the user' },
  ],
}
const usage = {
  input_tokens: 14,
  input_tokens_details: { cached_tokens: 4 },
  output_tokens: 5,
  output_tokens_details: { reasoning_tokens: 2 },
  total_tokens: 19,
}

it('streams items part by part and ends with the whole response', async () => {
  const model = await fakeModel(script)
  const response = await post(model, '/v1/responses', { ...body, stream: true })
  const events = serverSentEvents(await response.text()).map(({ event, data }) => ({
    event,
    data: JSON.parse(data),
  }))
  expect(events.every(({ event, data }) => event === data.type)).toBe(true)
  expect(events.map(({ data }) => data.sequence_number)).toEqual(events.map((_, index) => index))
  expect(events[0]?.event).toBe('response.created')
  const { response: whole } = events.at(-1)!.data
  expect(whole).toMatchObject({ status: 'completed', model: 'gpt-5.5', usage })
  expect(whole.output).toMatchObject([
    { type: 'reasoning', summary: [{ text: 'Think.' }] },
    { type: 'message', content: [{ type: 'output_text', text: 'I write.' }] },
    { type: 'function_call', name: 'shell', arguments: '{"command":"ls"}' },
    { type: 'custom_tool_call', name: 'apply_patch', input: '*** Begin Patch\n*** End Patch' },
  ])
  const done = events.filter(({ event }) => event === 'response.output_item.done')
  expect(done.map(({ data }) => data.item)).toEqual(whole.output)
})

it('answers with one object when no stream is asked for', async () => {
  const model = await fakeModel(script)
  const answer: Parsed = await (await post(model, '/v1/responses', body)).json()
  expect(answer).toMatchObject({ object: 'response', status: 'completed', usage })
  expect(answer.output).toHaveLength(4)
})

it('reads tools by name or type, the user’s words, and a wanted schema', () => {
  const read = openaiResponses.readRequest(
    { ...body, text: { format: { type: 'json_schema', schema: { type: 'object' } } } },
    {},
  )
  expect(read).toMatchObject({
    tools: ['shell', 'web_search'],
    userTexts: ['Go'],
    answerSchema: { type: 'object' },
  })
  expect(openaiResponses.readRequest({ input: 'only this' }, {}).userTexts).toEqual(['only this'])
})

it('streams what it would say at once', () => {
  fc.assert(
    fc.property(replies, (reply) => {
      const events = openaiResponses.events(reply, request).map(({ data }) => data as Parsed)
      const deltas = (type: string) =>
        events
          .filter((event) => event.type === `response.${type}.delta`)
          .map((event) => event.delta)
          .join('')
      expect(deltas('output_text')).toBe(reply.text)
      expect(deltas('reasoning_summary_text')).toBe(reply.reasoning)
      expect(deltas('function_call_arguments')).toBe(
        reply.calls.map(({ args }) => JSON.stringify(args)).join(''),
      )
      const strip = (items: Parsed[]) => items.map((item) => without(item, 'id', 'call_id'))
      expect(strip(events.at(-1).response.output)).toEqual(
        strip((openaiResponses.whole(reply, request) as Parsed).output),
      )
    }),
  )
})
