import assert from 'node:assert/strict'

import { eventsOf, expectCode, expectNothingLeft, expectStatus, only } from '../expect.mjs'
import { writeFile } from '../writing.mjs'

const turns = ['one', 'two', 'three', 'four'].map((name) => ({
  text: `Now ${name}.`,
  tools: [writeFile(`${name}.txt`, name)],
}))

/** Gets a limit of turns, and takes no more: still a failure. @type {import('./case.mjs').Case} */
export const limited = {
  name: 'limited',
  concerns: ({ ownTurnLimit }) => ownTurnLimit === true,
  async play(world) {
    await world.prepare({
      script: { conversations: [{ match: 'Keep going', turns }] },
      workflow: `name: limited
steps:
  - name: wander
    type: code
    agent: ${world.program.agent}
    prompt: Keep going.
    guard:
      max_turns: 2
    gate:
      - bash: "true"
`,
    })
    expectCode(await world.run(), 1)
    expectNothingLeft(world)
    const events = world.events()
    expectStatus(events, 'failed')
    const ended = events.find(({ type }) => type === 'agent_failed' || type === 'agent_killed')
    assert.equal(ended.cause ?? ended.by, ended.type === 'agent_failed' ? 'limit' : 'guard')
    assert.ok(ended.turns <= 3, `${ended.turns} turns`)
    assert.deepEqual(eventsOf(events, 'gate_started'), [], 'no gate turns it into a success')
    assert.equal(only(events, 'run_completed').commit, eventsOf(events, 'step_started')[0].base_commit)
  },
}
