import assert from 'node:assert/strict'

import { expectCode, expectNothingLeft, expectStatus, expectTokens, only } from '../expect.mjs'
import { writeFile } from '../writing.mjs'

const turns = [
  {
    reasoning: 'The file has to be made.',
    text: 'I write it.',
    tools: [writeFile('hello.txt', 'hello')],
    usage: { input: 1100, output: 90, cacheRead: 300, reasoning: 10 },
  },
  { text: 'hello.txt is there.', usage: { input: 1250, output: 30, cacheRead: 1000 } },
]

/** Writes a file, and the gate finds it. @type {import('./case.mjs').Case} */
export const passes = {
  name: 'passes',
  async play(world) {
    const { agent } = world.program
    await world.prepare({
      script: { side: 'A greeting', conversations: [{ match: 'Write a greeting', turns }] },
      workflow: `name: passes
steps:
  - name: greet
    type: code
    agent: ${agent}
    prompt: Write a greeting into hello.txt.
    gate:
      - bash: grep -qx hello hello.txt
`,
    })
    expectCode(await world.run(), 0)
    const events = world.events()
    expectStatus(events, 'passed')
    const { commit } = only(events, 'run_completed')
    assert.equal(world.git('show', `${commit}:hello.txt`), 'hello')
    assert.equal(world.git('status', '--porcelain'), '', 'the checkout is as it was')

    const ended = only(events, 'agent_completed')
    assert.equal(ended.turns, 2, 'turns')
    assert.match(ended.session_id ?? '', /\S/u, 'session')
    expectTokens(ended, turns)
    await expectReport(world, ended)
    expectNothingLeft(world)
  },
}

/** What the ledger knows is what the report tells. */
async function expectReport(world, ended) {
  const report = JSON.parse((await world.gump('report', '--json')).stdout)
  const [step] = report.steps
  assert.equal(report.status, 'passed')
  assert.equal(step.turns, 2, 'turns in the report')
  assert.equal(step.attempts[0].launches[0].session_id, ended.session_id, 'session in the report')
  assert.equal(step.tokens.input, ended.usage.tokens.input, 'tokens in the report')
  if (world.program.nativeCost === true) {
    assert.equal(ended.usage.cost_source, 'native')
    assert.ok(ended.usage.cost_usd > 0, 'a cost')
    assert.equal(step.cost_usd, ended.usage.cost_usd, 'cost in the report')
  }
  const detail = (await world.gump('report', '--detail', 'greet')).stdout
  for (const told of ['greet', 'hello.txt', ended.session_id])
    assert.ok(detail.includes(told), `${told} in:\n${detail}`)
}
