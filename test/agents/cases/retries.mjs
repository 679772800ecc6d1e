import assert from 'node:assert/strict'

import { eventsOf, expectCode, expectNothingLeft, expectStatus, expectTokens, only } from '../expect.mjs'
import { runShell, writeFile } from '../writing.mjs'

const first = [
  { text: 'I write it.', tools: [writeFile('hello.txt', 'wrong')], usage: { input: 1000, output: 40 } },
  { text: 'It is there.', usage: { input: 1100, output: 20, cacheRead: 200 } },
]
const second = [
  { text: 'I correct it.', tools: [runShell('echo hello > hello.txt')], usage: { input: 1300, output: 50 } },
  { text: 'Now it is right.', usage: { input: 1400, output: 25, cacheRead: 700 } },
]

/** Fails the gate, learns so in the same session, and passes. @type {import('./case.mjs').Case} */
export const retries = {
  name: 'retries',
  async play(world) {
    await world.prepare({
      script: { conversations: [{ match: 'Write a greeting', turns: [...first, ...second] }] },
      workflow: `name: retries
steps:
  - name: greet
    type: code
    agent: ${world.program.agent}
    prompt: Write a greeting into hello.txt.
    gate:
      - bash: echo the-greeting-is; cat hello.txt; grep -qx hello hello.txt
    retry:
      - exit: 3
`,
    })
    expectCode(await world.run(), 0)
    const events = world.events()
    expectStatus(events, 'passed')
    assert.equal(only(events, 'retry_triggered').session, 'keep')

    const [launch, again] = eventsOf(events, 'agent_launching')
    assert.equal(launch.session_mode, 'new')
    assert.equal(again.session_mode, 'resume')
    const ended = eventsOf(events, 'agent_completed')
    const sessions = new Set(ended.map(({ session_id }) => session_id))
    assert.deepEqual([...sessions], [again.session_id], 'one session, resumed by its id')

    // The model was sent what it had said before, and why that was not enough.
    const told = world.model.requests().at(-1).answer.request.userTexts
    assert.ok(
      told.some((text) => text.includes('Write a greeting')),
      'the first prompt',
    )
    // Some programs add reminders of their own, in front of what the user says or behind it.
    assert.ok(
      told.slice(1).some((text) => text.includes('the-greeting-is')),
      `the gate's output in a later prompt: ${told.at(-1)}`,
    )

    assert.deepEqual(
      ended.map(({ turns }) => turns),
      [2, 2],
      'turns of each attempt',
    )
    expectTokens(ended[0], first)
    expectTokens(ended[1], second)
    expectNothingLeft(world)
  },
}
