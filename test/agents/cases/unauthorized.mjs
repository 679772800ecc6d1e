import assert from 'node:assert/strict'

import { eventsOf, expectCode, expectNothingLeft, expectStatus, only } from '../expect.mjs'
import { writeFile } from '../writing.mjs'

const conversations = [
  {
    match: 'Write a greeting',
    turns: [{ text: 'I write it.', tools: [writeFile('hello.txt', 'hello')] }, { text: 'Done.' }],
  },
]

/** The key is refused: the run stops at once, says what to do, and continues afterwards. @type {import('./case.mjs').Case} */
export const unauthorized = {
  name: 'unauthorized',
  async play(world) {
    await world.prepare({
      script: { fault: { kind: 'http', status: 401, headers: world.program.refusal ?? {} }, conversations },
      workflow: `name: unauthorized
steps:
  - name: greet
    type: code
    agent: ${world.program.agent}
    prompt: Write a greeting into hello.txt.
    gate:
      - bash: grep -qx hello hello.txt
    retry:
      - exit: 3
`,
    })
    const started = Date.now()
    expectCode(await world.run(), 1)
    const seconds = (Date.now() - started) / 1000
    expectNothingLeft(world)
    const events = world.events()
    expectStatus(events, 'failed')
    assert.equal(only(events, 'agent_failed').cause, 'auth')
    assert.match(only(events, 'circuit_breaker').remedy ?? '', /login|_KEY|sign in|auth/u, 'the remedy')
    assert.deepEqual(eventsOf(events, 'retry_triggered'), [], 'no attempt is burnt')
    assert.ok(seconds < 90, `it took ${seconds} s`)

    // The key is replaced.
    await world.model.play({ conversations })
    expectCode(await world.resume(), 0)
    expectStatus(world.events(), 'passed')
    assert.equal(only(world.events(), 'agent_completed').attempt, 1, 'still the first attempt')
  },
}
