import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readScript } from '../../src/fake-model/read-script.js'

it('reads a script with everything in it', () => {
  const script = {
    models: ['m'],
    side: 'ok',
    fault: { kind: 'silence', times: 1 },
    conversations: [
      {
        match: 'x',
        toolless: true,
        turns: [
          {
            text: 't',
            reasoning: 'r',
            tools: [{ name: 'a', args: { any: [1] } }, { anyOf: [{ name: 'b', input: 'i' }] }],
            usage: { input: 1, output: 2, cacheRead: 3, cacheWrite: 4, reasoning: 5 },
            delayMs: 1,
            eventDelayMs: 1,
            fault: { kind: 'http', status: 500, headers: { a: 'b' }, body: null, times: 2 },
          },
          { fault: { kind: 'cut', after: 0 } },
        ],
      },
    ],
  }
  expect(readScript(JSON.stringify(script))).toEqual(script)
})

it.each([
  ['[]', 'script must be an object'],
  ['{}', 'script.conversations is missing'],
  ['{"conversations":[{"turns":[]}]}', 'script.conversations[0] has no turns'],
  ['{"conversations":[{"turns":[{"txt":""}]}]}', 'script.conversations[0].turns[0].txt is not known'],
  [
    '{"conversations":[{"turns":[{"tools":[{"args":{}}]}]}]}',
    'script.conversations[0].turns[0].tools[0].name is missing',
  ],
  ['{"conversations":[],"fault":{"kind":"http"}}', 'script.fault.status is missing'],
  [
    '{"conversations":[],"fault":{"kind":"x"}}',
    'script.fault.kind must be one of http, stall, cut, malformed, silence',
  ],
  ['{"conversations":[],"fault":{"kind":"cut","after":-1}}', 'script.fault.after must be a whole number'],
])('says where %s is wrong', (json, problem) => {
  expect(() => readScript(json)).toThrow(problem)
})

it('never takes what it did not check', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      try {
        readScript(json)
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError)
      }
    }),
  )
})
