// What a run asks of the system, with upper bounds. Unlike times, counts are the same on every machine.
import { expect, it } from 'vitest'

import { type Counts, countedGump } from './support/counted.js'
import { world } from './support/world.js'

const agent = 'scripted:script.json'

/** A run of so many steps, one after the other, each of which writes a file and has so many gates. */
async function stepsOf(count: number, gates: number): Promise<Counts> {
  const gated = gates === 0 ? {} : { gate: Array.from({ length: gates }, () => ({ bash: 'true' })) }
  const names = Array.from({ length: count }, (_, n) => `s${n}`)
  const made = world({
    'w.yaml': JSON.stringify({
      name: 'w',
      steps: names.map((name) => ({ name, type: 'code', agent, prompt: 'go', ...gated })),
    }),
    'script.json': JSON.stringify(
      names.map((step) => ({ match: { step }, do: [{ write: { path: `${step}.txt`, content: step } }] })),
    ),
  })
  return await countedGump(made, ['run', 'w.yaml', '--quiet'])
}

/** A run of so many tasks side by side, each of which writes a file and has two gates. */
async function tasksOf(count: number): Promise<Counts> {
  const names = Array.from({ length: count }, (_, n) => `task-${n}`)
  const plan = names.map((name) => ({ name, description: name, files: [`${name}.txt`] }))
  const gate = [{ bash: 'true' }, { bash: ':' }]
  const each = [{ name: 'write', type: 'code', agent, prompt: 'write {task.name}', gate }]
  const split = { name: 'split', type: 'split', agent, prompt: 'split', gate: ['schema'] }
  const made = world({
    'w.yaml': JSON.stringify({ name: 'w', steps: [{ ...split, parallel: true, each }] }),
    'script.json': JSON.stringify([
      { match: { step: 'split' }, do: [{ out: { plan } }] },
      ...names.map((task) => ({ match: { task }, do: [{ write: { path: `${task}.txt`, content: task } }] })),
    ]),
  })
  return await countedGump(made, ['run', 'w.yaml', '--quiet'])
}

/** What one more of something adds. */
function added(more: Counts, less: Counts, by: number): Omit<Counts, 'byName'> {
  const each = (name: 'processes' | 'barriers' | 'opened'): number => (more[name] - less[name]) / by
  return { processes: each('processes'), barriers: each('barriers'), opened: each('opened') }
}

function expectAtMost(counts: Omit<Counts, 'byName'>, most: Omit<Counts, 'byName'>): void {
  for (const name of ['processes', 'barriers', 'opened'] as const)
    expect(counts[name], name).toBeLessThanOrEqual(most[name])
}

it('a run of one step starts few processes, and waits for the disk and opens files rarely', async () => {
  const counts = await stepsOf(1, 0)
  expectAtMost(counts, { processes: 15, barriers: 12, opened: 210 })
  for (const [name, count] of Object.entries(counts.byName))
    expect(count, name).toBeLessThanOrEqual(name === 'git diff-tree' ? 3 : 1)
})

it('so do each further step, and each gate', async () => {
  const few = await stepsOf(10, 0)
  const many = await stepsOf(20, 0)
  expectAtMost(added(many, few, 10), { processes: 2.2, barriers: 2, opened: 55 })
  const gated = await stepsOf(20, 1)
  expectAtMost(added(gated, many, 20), { processes: 2.6, barriers: 2, opened: 105 })
})

it('so does each further task with two gates', async () => {
  const few = await tasksOf(4)
  const many = await tasksOf(14)
  expectAtMost(added(many, few, 10), { processes: 10.2, barriers: 8, opened: 370 })
})
