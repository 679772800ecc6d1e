import type { FakeScript, SentAnswer } from '@gump/testkit'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { fakeModel, post } from './support/fake-model.js'

const paths = [
  '/v1/messages',
  '/v1/responses',
  '/v1/chat/completions',
  '/v1beta/models/m:generateContent',
  '/v1beta/models/m:streamGenerateContent',
]
const usage = { input: 100, output: 7, cacheRead: 30 }
const body = {
  model: 'm',
  stream: true,
  tools: [{ name: 'Write', function: { name: 'Write' }, functionDeclarations: [{ name: 'Write' }] }],
}

/** A model, and its answers as they end. */
async function model(script: FakeScript) {
  const sent: SentAnswer[] = []
  let told = () => {}
  const made = await fakeModel(script, {
    onSent(answer) {
      sent.push(answer)
      told()
    },
  })
  const count = (wanted: number): Promise<void> =>
    new Promise((resolve) => {
      told = () => {
        if (sent.length >= wanted) resolve()
      }
      told()
    })
  return { made, sent, count }
}

describe('the tokens of an answer', () => {
  it.each(paths)('are reported when it is sent whole: %s', async (path) => {
    const { made, sent, count } = await model({ conversations: [{ turns: [{ text: 'hi', usage }] }] })
    await (await post(made, path, body)).text()
    await count(1)
    expect(sent).toEqual([
      { kind: 'turn', model: 'm', usage: { ...usage, cacheWrite: 0, reasoning: 0 }, whole: true },
    ])
  })

  it('are reported of side requests', async () => {
    const { made, sent, count } = await model({ conversations: [{ turns: [{ text: 'hi', usage }] }] })
    await (await post(made, '/v1/messages', { model: 'small', messages: [] })).text()
    await count(1)
    expect(sent).toMatchObject([{ kind: 'side', model: 'small', usage: { input: 20, output: 5 } }])
  })

  it('are not certain when the answer broke off', async () => {
    const { made, sent, count } = await model({
      conversations: [{ turns: [{ text: 'hi', usage, fault: { kind: 'cut', after: 2, times: 1 } }] }],
    })
    await (await post(made, '/v1/messages', body)).text().catch(() => '')
    await count(1)
    expect(sent).toMatchObject([{ whole: false, usage }])
  })

  it('are not certain when nobody read it to its end', async () => {
    const { made, sent, count } = await model({
      conversations: [{ turns: [{ text: 'word '.repeat(1000), usage, eventDelayMs: 5 }] }],
    })
    const text = JSON.stringify(body)
    const socket = connect(made.port, '127.0.0.1', () =>
      socket.write(`POST /v1/messages HTTP/1.1\r\nhost: m\r\ncontent-length: ${text.length}\r\n\r\n${text}`),
    )
    socket.once('data', () => socket.destroy())
    await count(1)
    expect(sent).toMatchObject([{ whole: false }])
  })

  it('are none when the request was refused', async () => {
    const { made, sent } = await model({
      conversations: [{ turns: [{ text: 'hi', fault: { kind: 'http', status: 429 } }] }],
    })
    await (await post(made, '/v1/messages', body)).text()
    await made.close()
    expect(sent).toEqual([])
  })
})
