import assert from 'node:assert/strict'

import { eventsOf, expectCode, expectNothingLeft, expectStatus, only } from '../expect.mjs'
import { writeFile } from '../writing.mjs'

const conversations = [
  {
    match: 'Write a greeting',
    turns: [{ text: 'I write it.', tools: [writeFile('hello.txt', 'hello')] }, { text: 'Done.' }],
  },
]

/** The quota is used up: the step waits, costs no attempt, can be stopped, and goes on later. @type {import('./case.mjs').Case} */
export const rateLimited = {
  name: 'rate-limited',
  async play(world) {
    await world.prepare({
      script: { fault: { kind: 'http', status: 429 }, conversations },
      env: world.program.fewRetries ?? {},
      workflow: `name: rate-limited
steps:
  - name: greet
    type: code
    agent: ${world.program.agent}
    prompt: Write a greeting into hello.txt.
    gate:
      - bash: grep -qx hello hello.txt
    retry:
      - exit: 2
`,
    })
    const run = world.startRun()
    const parked = JSON.parse(await run.line((line) => line.includes('"agent_parked"')))
    assert.ok(Date.parse(parked.until) > Date.parse(parked.ts), 'it waits for a later time')
    assert.equal(parked.attempt, 1)
    expectNothingLeftBut(world, run)
    const status = JSON.parse((await world.gump('status', '--json')).stdout)
    assert.ok(JSON.stringify(status).includes('parked'), `the status says so: ${JSON.stringify(status)}`)

    const asked = Date.now()
    run.signal('SIGINT')
    expectCode(await run.ended, 130)
    assert.ok(Date.now() - asked < 5000, 'it stops within 5 s')
    expectNothingLeft(world)
    assert.deepEqual(eventsOf(world.events(), 'retry_triggered'), [])

    // The quota is there again.
    await world.model.play({ conversations })
    expectCode(await world.resume(), 0)
    const events = world.events()
    expectStatus(events, 'passed')
    assert.equal(only(events, 'agent_completed').attempt, 1, 'still the first attempt')
    expectNothingLeft(world)
  },
}

/** While a step is parked there is gump, its reaper, and nothing of the agent. */
function expectNothingLeftBut(world, run) {
  const agents = world.leftBehind().filter((process) => !process.startsWith(`${run.pid} `))
  assert.deepEqual(
    agents.filter((process) => process.includes(world.program.command)),
    [],
    'no agent waits with gump',
  )
}
