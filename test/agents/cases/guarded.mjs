import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'

import { eventsOf, expectCode, expectNothingLeft, expectStatus, only } from '../expect.mjs'
import { runShell, writeFile } from '../writing.mjs'

// In sessions of their own, and meant to outlive the agent. The shell ends when they have their sessions:
// Codex kills what is in the shell's then.
const stayBehind =
  'for n in 1 2; do setsid sh -c "touch up$n; exec sleep 987$n" >/dev/null 2>&1 & done; ' +
  'until [ -e up1 ] && [ -e up2 ]; do sleep 0.05; done; echo started'

const turns = [
  { text: 'I start something.', tools: [runShell(stayBehind)] },
  ...['one', 'two', 'three', 'four', 'five', 'six'].map((name) => ({
    text: `Now ${name}.`,
    tools: [writeFile(`${name}.txt`, name)],
    // Time to look at what runs, before the guard ends it.
    ...(name === 'two' ? { delayMs: 4000 } : {}),
  })),
]

/** Takes more turns than it may, and is stopped with everything it has started. @type {import('./case.mjs').Case} */
export const guarded = {
  name: 'guarded',
  async play(world) {
    // What the program limits itself never reaches a guard.
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
    const run = world.startRun()
    await run.line((line) => line.includes('"turn_completed"'))
    await bothSleep(world, run)
    expectCode(await run.ended, 1)
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

/** What was started takes a moment to become what it is; the guard leaves four seconds. */
async function bothSleep(world, run) {
  const over = run.ended.then(() => true)
  let sleeping = []
  while (sleeping.length < 2) {
    sleeping = world.leftBehind().filter((process) => /^\d+ sleep 987[12]$/u.test(process))
    const ended = await Promise.race([over, setTimeout(50, false)])
    assert.ok(!ended, `both processes run while the agent works: ${JSON.stringify(sleeping)}`)
  }
}
