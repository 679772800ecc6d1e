import assert from 'node:assert/strict'

import { root } from '../../../scripts/toolchain/root.mjs'
import { eventsOf, expectCode, expectNothingLeft, expectStatus, only } from '../expect.mjs'
import { writeFile } from '../writing.mjs'

const seconds = 5
const conversations = [
  {
    match: 'Write a greeting',
    turns: [{ text: 'I write it.', tools: [writeFile('hello.txt', 'hello')] }, { text: 'Done.' }],
  },
]

/** The quota is used up: the step waits, costs no attempt, and continues by itself. @type {import('./case.mjs').Case} */
export const rateLimited = {
  name: 'rate-limited',
  async play(world) {
    const { program } = world
    await world.prepare({
      script: { fault: program.exhausted(seconds), conversations },
      env: program.fewRetries ?? {},
      workflow: `name: rate-limited
steps:
  - name: greet
    type: code
    agent: ${program.agent}
    prompt: Write a greeting into hello.txt.
    gate:
      - bash: grep -qx hello hello.txt
    retry:
      - exit: 2
`,
    })
    const run = world.startRun()
    const parked = JSON.parse(await run.line((line) => line.includes('"agent_parked"')))
    // The quota is there again.
    await world.model.play({ conversations })
    const waits = (Date.parse(parked.until) - Date.parse(parked.ts)) / 1000
    assert.ok(waits > 0 && waits <= 90, `it waits for ${waits} s`)
    assert.deepEqual(
      world.leftBehind().filter((process) => isOf(program, process)),
      [],
      'no agent waits with gump',
    )
    const status = await world.gump('status', '--json')
    assert.ok(status.stdout.includes('"parked"'), `the status says so: ${status.stdout}`)

    expectCode(await run.ended, 0)
    const events = world.events()
    expectStatus(events, 'passed')
    assert.deepEqual(eventsOf(events, 'retry_triggered'), [], 'no attempt is burnt')
    // Some know nothing of a session in which the model never spoke; it is started over, in the same attempt.
    const failures = eventsOf(events, 'agent_failed').filter((event) => event.session_refused !== true)
    assert.deepEqual(
      failures.map(({ cause }) => cause),
      ['quota'],
    )
    assert.equal(only(events, 'agent_completed').attempt, 1, 'still the first attempt')
    expectNothingLeft(world)
  },
}

/** Some have names so short that other paths contain them, that of this repository for one. */
function isOf({ command }, process) {
  return new RegExp(String.raw`\b${command}\b`, 'u').test(process.replaceAll(root, ''))
}
