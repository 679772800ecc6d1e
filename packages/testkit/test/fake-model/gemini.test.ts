import fc from 'fast-check'
import { expect, it } from 'vitest'
import { gemini } from '../../src/fake-model/dialects/gemini.js'
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
          tools: [{ name: 'write_file', args: { file_path: 'a.txt' } }],
          usage: { input: 10, output: 5, cacheRead: 4, reasoning: 2 },
        },
      ],
    },
  ],
}
const body = {
  contents: [
    { role: 'user', parts: [{ text: 'Go' }, { text: 'on' }] },
    { role: 'model', parts: [{ text: 'no' }] },
    { role: 'user', parts: [{ functionResponse: { name: 'x', response: { output: 'no' } } }] },
  ],
  tools: [{ functionDeclarations: [{ name: 'write_file' }, { name: 'read_file' }] }],
}
const usageMetadata = {
  promptTokenCount: 14,
  candidatesTokenCount: 3,
  thoughtsTokenCount: 2,
  cachedContentTokenCount: 4,
  totalTokenCount: 19,
}
const partsOf = (answer: Parsed) => answer.candidates[0].content.parts

it('streams answers of which the last has the usage', async () => {
  const model = await fakeModel(script)
  const response = await post(model, '/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse', body)
  const answers = serverSentEvents(await response.text()).map(({ data }) => JSON.parse(data))
  expect(answers.flatMap(partsOf)).toEqual([
    { text: 'Think.', thought: true },
    { text: 'I write.' },
    {
      functionCall: { name: 'write_file', args: { file_path: 'a.txt' } },
      thoughtSignature: expect.any(String),
    },
    { text: '' },
  ])
  expect(answers.at(-1)).toMatchObject({ candidates: [{ finishReason: 'STOP' }], usageMetadata })
  expect(answers.slice(0, -1).some((answer) => 'usageMetadata' in answer)).toBe(false)
  expect(answers[0].modelVersion).toBe('gemini-2.5-flash')
})

it('answers with one object when no stream is asked for', async () => {
  const model = await fakeModel(script)
  const answer = await (await post(model, '/v1beta/models/gemini-2.5-pro:generateContent', body)).json()
  expect(answer).toMatchObject({ modelVersion: 'gemini-2.5-pro', usageMetadata })
  expect(partsOf(answer)).toHaveLength(2)
})

it('counts tokens', async () => {
  const model = await fakeModel(script)
  const counted = await (await post(model, '/v1beta/models/gemini-2.5-pro:countTokens', body)).json()
  expect(counted).toEqual({ totalTokens: Math.ceil(JSON.stringify(body).length / 4) })
})

it('reads tools, the user’s words and a wanted schema', () => {
  const read = gemini.readRequest(
    { ...body, generationConfig: { responseJsonSchema: { type: 'object' } } },
    { model: 'gemini-2.5-pro', stream: true },
  )
  expect(read).toEqual({
    model: 'gemini-2.5-pro',
    stream: true,
    tools: ['write_file', 'read_file'],
    userTexts: ['Go\non'],
    answerSchema: { type: 'object' },
  })
})

it('streams what it would say at once', () => {
  fc.assert(
    fc.property(replies, (reply) => {
      const parts = gemini.events(reply, request).flatMap(({ data }) => partsOf(data))
      const text = parts.flatMap((part: Parsed) => (part.thought === true ? [] : (part.text ?? []))).join('')
      expect(text).toBe(reply.text)
      const calls = (all: Parsed[]) => all.flatMap((part) => part.functionCall ?? [])
      expect(calls(parts)).toEqual(calls(partsOf(gemini.whole(reply, request))))
    }),
  )
})
