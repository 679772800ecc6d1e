import assert from 'node:assert/strict'

import { eventsOf, expectCode, expectNothingLeft, expectStatus, only } from '../expect.mjs'
import { writeFile } from '../writing.mjs'

const conversations = [
  {
    match: 'Write a greeting',
    turns: [{ text: 'I write it.', tools: [writeFile('hello.txt', 'hello')] }, { text: 'It is there.' }],
  },
]

/** A preset that prints text: refused, it fails whatever it says; let in, it writes the file. @type {import('./case.mjs').Case} */
export const plain = {
  name: 'plain',
  concerns: ({ preset }) => preset === true,
  async play(world) {
    await world.prepare({
      script: { fault: { kind: 'http', status: 401 }, conversations },
      workflow: `name: plain
steps:
  - name: greet
    type: code
    agent: ${world.program.agent}
    prompt: Write a greeting into hello.txt.
    gate:
      - bash: grep -qx hello hello.txt
`,
    })
    expectCode(await world.run(), 1)
    expectNothingLeft(world)
    expectStatus(world.events(), 'failed')
    only(world.events(), 'agent_failed')
    assert.deepEqual(eventsOf(world.events(), 'gate_started'), [], 'no gate judges what was refused')

    await world.model.play({ conversations })
    expectCode(await world.run(), 0)
    expectNothingLeft(world)
    const events = world.events()
    expectStatus(events, 'passed')
    assert.equal(only(events, 'agent_completed').usage.cost_source, 'unpriced')
    const { commit } = only(events, 'run_completed')
    assert.equal(world.git('show', `${commit}:hello.txt`), 'hello')
    assert.equal(
      world.git('diff', '--name-only', 'main', commit),
      'hello.txt',
      'nothing else is in the result',
    )
    assert.equal(world.git('status', '--porcelain'), '', 'the checkout is as it was')
  },
}
