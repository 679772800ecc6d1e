import { expect, it } from 'vitest'
import { capture, fillIn } from '../../src/fake-model/capture.js'
import { fakeModel, post } from './support/fake-model.js'

it('takes the first text that an expression is found in', () => {
  const found = capture(
    { cwd: 'folder: (\\S+)', absent: 'nothing (x)' },
    { system: [{ text: 'folder: /a/b\nmore' }], messages: [{ content: 'folder: /c' }] },
  )
  expect([...found]).toEqual([['cwd', '/a/b']])
})

it('fills in every text, however deep, and leaves the rest', () => {
  const found = new Map([['cwd', '/a/$&']])
  const value = {
    path: '${cwd}/x',
    deep: [{ all: '${cwd} ${cwd}', other: '${HOME}' }],
    number: 1,
    none: null,
  }
  expect(fillIn(value, found)).toEqual({
    path: '/a/$&/x',
    deep: [{ all: '/a/$& /a/$&', other: '${HOME}' }],
    number: 1,
    none: null,
  })
})

it('makes a tool call with the folder that the program works in', async () => {
  const model = await fakeModel({
    captures: { cwd: 'working in (\\S+)' },
    conversations: [{ turns: [{ tools: [{ name: 'Write', args: { file_path: '${cwd}/a.txt' } }] }] }],
  })
  const response = await post(model, '/v1/messages', {
    system: 'You are working in /tmp/w now.',
    tools: [{ name: 'Write' }],
  })
  expect(await response.json()).toMatchObject({ content: [{ input: { file_path: '/tmp/w/a.txt' } }] })
})
