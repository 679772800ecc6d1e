import { defineGate, type GateResult } from '@gump/gates'
import { expect, it } from 'vitest'
import { world } from './support/world.js'

const w = 'name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, gate: [odd], retry: [{exit: 3}]}\n'
const mistake = 'The gate itself has a mistake: correct it, or leave it out of the workflow.'

// What types do not keep a plugin from.
const answers: readonly (readonly [string, () => unknown, string])[] = [
  ['a number', () => 42, 'its answer is no verdict'],
  ['nothing', () => undefined, 'its answer is no verdict'],
  ['a status of its own', () => ({ status: 'maybe' }), 'its answer is no verdict'],
  ['a failure without a reason', () => ({ status: 'fail' }), 'its answer is no verdict'],
  [
    'an exception',
    () => {
      throw new Error('no such table')
    },
    'it failed: no such table',
  ],
]

it.each(answers)('a gate that answers with %s stops the run, by its name', async (_what, answer, reason) => {
  const odd = defineGate({
    name: 'odd',
    summary: 'answers',
    argument: 'none',
    required: true,
    run: () => Promise.resolve().then(answer) as Promise<GateResult>,
  })
  const { engine } = world({
    workflows: { w },
    script: '- do: [{write: {path: x, content: x}}]',
    gates: [odd],
  })
  const run = await engine.start({ workflow: 'w' })
  expect(await run.result).toMatchObject({
    status: 'failed',
    reason: `gate odd cannot run: ${reason}`,
  })
  const events = await engine.events(run.id)
  expect(events.find(({ type }) => type === 'circuit_breaker')).toMatchObject({ remedy: mistake })
})

it('a command that prints nothing for too long is stopped, and what it had reported is shown', async () => {
  const { engine } = world({
    workflows: {
      w: `name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, gate: [{bash: 'echo "✖ adds"; sleep 1000'}]}\n`,
    },
    script: '- do: [turn]',
    settings: { gateIdleMs: 1000 },
  })
  const run = await engine.start({ workflow: 'w' })
  await run.result
  const failed = (await engine.events(run.id)).find((event) => event.type === 'gate_failed')
  expect(failed?.error).toMatch(/reported 1 failed tests, then printed nothing for \d+ s, and was stopped/)
})
