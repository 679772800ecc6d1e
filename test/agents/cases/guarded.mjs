import assert from 'node:assert/strict'

import { eventsOf, expectCode, expectNothingLeft, expectStatus, only } from '../expect.mjs'
import { runShell, writeFile } from '../writing.mjs'

// Started by the agent's shell, in a session and a group of their own, and meant to go on when the agent is gone.
const stayBehind = 'setsid sleep 9871 >/dev/null 2>&1 & sleep 9872 >/dev/null 2>&1 & echo started'

const turns = [
  { text: 'I start something.', tools: [runShell(stayBehind)] },
  ...['one', 'two', 'three', 'four', 'five', 'six'].map((name) => ({
    text: `Now ${name}.`,
    tools: [writeFile(`${name}.txt`, name)],
  })),
]

/** Takes more turns than it may, and is stopped with everything it has started. @type {import('./case.mjs').Case} */
export const guarded = {
  name: 'guarded',
  async play(world) {
    // What the program limits itself never comes to a guard.
    const [guard, value] = world.program.ownTurnLimit === true ? ['max_tokens', 3000] : ['max_turns', 3]
    await world.prepare({
      script: { conversations: [{ match: 'Keep going', turns }] },
      workflow: `name: guarded
steps:
  - name: wander
    type: code
    agent: ${world.program.agent}
    prompt: Keep going.
    guard:
      ${guard}: ${value}
    gate:
      - bash: "true"
`,
    })
    expectCode(await world.run(), 1)
    expectNothingLeft(world)
    const events = world.events()
    expectStatus(events, 'failed')
    assert.equal(only(events, 'guard_triggered').guard, guard)
    assert.equal(only(events, 'agent_killed').by, 'guard')
    assert.deepEqual(eventsOf(events, 'gate_started'), [], 'no gate judges what a guard has stopped')

    // The attempt is undone, in the worktree and in the result.
    const [base] = eventsOf(events, 'step_started')
    assert.equal(only(events, 'run_completed').commit, base.base_commit)
    assert.equal(world.git('status', '--porcelain'), '')
  },
}
