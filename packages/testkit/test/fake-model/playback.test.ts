import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replyOf } from '../../src/fake-model/model-reply.js'
import { createPlayback } from '../../src/fake-model/playback.js'
import { request } from './support/replies.js'

const asked = (...userTexts: string[]) => ({ ...request, userTexts })
const texts = (playback: ReturnType<typeof createPlayback>, ...requests: (typeof request)[]) =>
  requests.map((one) => playback.next(one).turn.text)

describe('conversations', () => {
  const conversations = [
    { match: 'red', turns: [{ text: 'red 1' }, { text: 'red 2' }] },
    { match: 'green', turns: [{ text: 'green 1' }] },
    { turns: [{ text: 'other' }] },
  ]

  it('take their turns one by one, and repeat the last', () => {
    const playback = createPlayback({ conversations })
    expect(texts(playback, asked('a red one'), asked('a red one'), asked('a red one'))).toEqual([
      'red 1',
      'red 2',
      'red 2',
    ])
  })

  it('continue independently of each other', () => {
    const playback = createPlayback({ conversations })
    expect(texts(playback, asked('red'), asked('green'), asked('blue'), asked('red'))).toEqual([
      'red 1',
      'green 1',
      'other',
      'red 2',
    ])
  })

  it('are chosen by the newest message that fits one', () => {
    const playback = createPlayback({ conversations })
    expect(texts(playback, asked('red', 'green', 'blue'))).toEqual(['green 1'])
  })

  it('of which none fits are still answered, and reported', () => {
    const play = createPlayback({ conversations: [{ match: 'x', turns: [{ text: 'x' }] }] }).next(asked('y'))
    expect(play).toMatchObject({ at: null, side: false })
  })
})

describe('side requests', () => {
  const side = { ...asked('go'), tools: [] }

  it('have no tools and leave the script where it is', () => {
    const playback = createPlayback({
      side: 'A title',
      conversations: [{ turns: [{ text: '1' }, { text: '2' }] }],
    })
    expect(texts(playback, asked('go'), side, asked('go'))).toEqual(['1', 'A title', '2'])
  })

  it('that want JSON get the smallest that fits', () => {
    const answerSchema = {
      type: 'OBJECT',
      required: ['title', 'kind', 'score', 'tags', 'deep'],
      properties: {
        title: { type: 'string' },
        kind: { enum: ['b', 'a'] },
        score: { type: 'integer', minimum: 1 },
        tags: { type: 'array' },
        deep: { type: 'object', properties: { on: { type: 'boolean' }, none: { type: 'null' } } },
        extra: { type: 'string' },
      },
    }
    const [text] = texts(createPlayback({ conversations: [] }), { ...side, answerSchema })
    expect(JSON.parse(text ?? '')).toEqual({
      title: 'ok',
      kind: 'b',
      score: 1,
      tags: [],
      deep: { on: false, none: null },
    })
  })

  it('are main requests in a conversation without tools', () => {
    const playback = createPlayback({ conversations: [{ toolless: true, turns: [{ text: '1' }] }] })
    expect(playback.next(side)).toMatchObject({ side: false, turn: { text: '1' } })
  })
})

describe('faults', () => {
  const http = (times?: number) =>
    ({ kind: 'http', status: 429, ...(times === undefined ? {} : { times }) }) as const

  it('of a turn hold it back as often as they say', () => {
    const playback = createPlayback({
      conversations: [{ turns: [{ text: '1', fault: http(2) }, { text: '2' }] }],
    })
    const plays = [1, 2, 3, 4].map(() => playback.next(asked('go')))
    expect(plays.map(({ fault }) => fault?.kind ?? null)).toEqual(['http', 'http', null, null])
    expect(plays.map(({ turn }) => turn.text)).toEqual(['1', '1', '1', '2'])
  })

  it('without a number never end', () => {
    const playback = createPlayback({ conversations: [{ turns: [{ text: '1', fault: http() }] }] })
    fc.assert(fc.property(fc.nat(), () => playback.next(asked('go')).fault !== null))
  })

  it('of the script strike everywhere, side requests included', () => {
    const playback = createPlayback({ fault: http(2), conversations: [{ turns: [{ text: '1' }] }] })
    const plays = [{ ...asked('go'), tools: [] }, asked('go'), asked('go')].map((one) => playback.next(one))
    expect(plays.map(({ fault }) => fault !== null)).toEqual([true, true, false])
    expect(plays[2]?.turn.text).toBe('1')
  })
})

it('a tool is called by the name that is on offer', () => {
  const turn = { tools: [{ anyOf: [{ name: 'Write' }, { name: 'write' }, { name: 'shell' }] }] }
  expect(replyOf(turn, ['shell', 'write']).calls).toEqual([{ name: 'write' }])
  expect(replyOf(turn, []).calls).toEqual([{ name: 'Write' }])
  const two = {
    tools: [
      {
        anyOf: [
          { name: 'Write', beside: 'Read' },
          { name: 'Write', input: 'x' },
        ],
      },
    ],
  }
  expect(replyOf(two, ['Write', 'Read']).calls).toEqual([{ name: 'Write', beside: 'Read' }])
  expect(replyOf(two, ['Write']).calls).toEqual([{ name: 'Write', input: 'x' }])
})
