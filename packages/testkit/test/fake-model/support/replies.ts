import fc from 'fast-check'
import type { ModelReply } from '../../../src/fake-model/model-reply.js'
import type { ModelRequest } from '../../../src/fake-model/model-request.js'

const words = fc.string({
  unit: fc.constantFrom('a', 'é', '😀', ' ', '\n', '"', '\\', 'data: x\n\n'),
  maxLength: 80,
})

/** Any answer, texts that look like the stream's own syntax among them. */
export const replies: fc.Arbitrary<ModelReply> = fc.record({
  text: words,
  reasoning: words,
  calls: fc.array(
    fc.record({
      name: fc.constantFrom('write', 'shell'),
      // Through text and back, as -0 is no JSON.
      args: fc.json({ maxDepth: 2 }).map((json) => ({ value: JSON.parse(json) as unknown })),
    }),
    { maxLength: 3 },
  ),
  usage: fc.record({
    input: fc.nat(9999),
    output: fc.nat(999).map((n) => n + 100),
    cacheRead: fc.nat(9999),
    cacheWrite: fc.nat(99),
    reasoning: fc.nat(100),
  }),
})

export const request: ModelRequest = {
  model: 'fake-1',
  stream: true,
  tools: ['write', 'shell'],
  userTexts: ['go'],
  answerSchema: null,
}
