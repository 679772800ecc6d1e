import assert from 'node:assert/strict'

import { expectCode, expectNothingLeft, expectStatus, only } from '../expect.mjs'
import { writeFile } from '../writing.mjs'

const turns = [{ text: 'I write it.', tools: [writeFile('hello.txt', 'hello')] }, { text: 'It is there.' }]

/** The same program through the Agent Client Protocol, without an adapter of its own. @type {import('./case.mjs').Case} */
export const protocol = {
  name: 'protocol',
  concerns: ({ acp }) => acp !== undefined,
  async play(world) {
    await world.prepare({
      script: { conversations: [{ match: 'Write a greeting', turns }] },
      workflow: `name: protocol
steps:
  - name: greet
    type: code
    agent: claude
    prompt: Write a greeting into hello.txt.
    gate:
      - bash: grep -qx hello hello.txt
`,
    })
    // Only a command that the user names gets the user's credentials.
    expectCode(await world.run('--agent', `acp:${world.program.acp}`), 0)
    const events = world.events()
    expectStatus(events, 'passed')
    const ended = only(events, 'agent_completed')
    assert.match(ended.session_id ?? '', /\S/u, 'session')
    assert.ok(ended.turns >= 1, `${ended.turns} turns`)
    assert.equal(ended.compat, undefined, 'it is understood')
    expectNothingLeft(world)
  },
}
