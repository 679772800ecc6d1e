import assert from 'node:assert/strict'

import { eventsOf, expectCode, expectNothingLeft, expectStatus, only } from '../expect.mjs'
import { delegate, writeFile } from '../writing.mjs'

const task = 'Count the letters of the word hello'
const conversations = [
  {
    match: task,
    turns: [{ text: 'It has five letters.', usage: { input: 2100, output: 40, cacheRead: 100 } }],
  },
  {
    match: 'Write a greeting',
    turns: [
      { tools: [delegate(task)], usage: { input: 1100, output: 90, cacheRead: 300 } },
      // Codex does not wait for its sub-agents: the model thinks long enough for this one to ask it.
      {
        delayMs: 1500,
        tools: [writeFile('hello.txt', 'hello')],
        usage: { input: 1250, output: 30, cacheRead: 1000 },
      },
      { text: 'hello.txt is there.', usage: { input: 1300, output: 20, cacheRead: 1200 } },
    ],
  },
]

/**
 * A sub-agent answers before the file is written: what it uses is counted, or the figures say "at least".
 *
 * @type {import('./case.mjs').Case}
 */
export const delegates = {
  name: 'delegates',
  concerns: ({ preset, delegates: able }) => preset !== true && able !== false,
  async play(world) {
    await world.prepare({
      script: { conversations },
      workflow: `name: delegates
steps:
  - name: greet
    type: code
    agent: ${world.program.agent}
    prompt: Write a greeting into hello.txt.
    gate:
      - bash: grep -qx hello hello.txt
`,
    })
    expectCode(await world.run(), 0)
    const events = world.events()
    expectStatus(events, 'passed')
    only(events, 'agent_completed')
    assert.deepEqual(eventsOf(events, 'agent_failed'), [])
    assert.ok(
      world.model.sent().some(({ usage }) => usage.input === 2100),
      'the sub-agent has asked the model',
    )
    expectNothingLeft(world)
  },
}
