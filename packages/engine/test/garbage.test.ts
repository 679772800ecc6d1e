import { expect, it } from 'vitest'
import { world } from './support/world.js'

const text = (gate: string): string => `
name: w
steps:
  - {name: a, agent: claude, prompt: Go., gate: [{bash: "${gate}"}]}
`
const changes = '- do: [{write: {path: made, content: x}}]'

it('a run whose last attempt left changes is removed only after confirmation', async () => {
  const { engine, repo } = world({ workflows: { w: text('false') }, script: changes })
  const run = await engine.start({ workflow: 'w' })
  expect(await run.result).toMatchObject({ status: 'failed' })
  const kept = { removed: false, reason: expect.stringMatching(/^what it has changed is not finished/u) }
  expect(await engine.gc({ dryRun: true })).toMatchObject([kept])
  expect(await engine.gc()).toMatchObject([kept])
  expect(await engine.gc({ confirm: async () => false })).toMatchObject([kept])
  expect(await engine.gc({ dryRun: true, confirm: async () => true })).toMatchObject([{ removed: true }])
  expect(await engine.runs()).toHaveLength(1)
  expect(await engine.gc({ confirm: async () => true })).toMatchObject([
    { removed: true, reason: 'confirmed' },
  ])
  expect(await engine.runs()).toEqual([])
  expect(repo.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main')
})

it('a run that waits for a person is not removed unasked', async () => {
  const { engine } = world({ workflows: { w: text('true') }, script: changes })
  const run = await engine.start({ workflow: 'w', pauseAfter: ['a'] })
  expect(await run.result).toMatchObject({ status: 'paused' })
  expect(await engine.gc()).toMatchObject([{ removed: false }])
})

it('a run that changed nothing is removed at once', async () => {
  const { engine } = world({ workflows: { w: text('false') }, script: '- do: [turn]' })
  await (
    await engine.start({ workflow: 'w' })
  ).result
  expect(await engine.gc()).toMatchObject([{ removed: true, reason: 'it changed nothing' }])
})

it('a run of which only a part has been applied is not removed unasked', async () => {
  const two = `
name: w
steps:
  - {name: a, agent: claude, prompt: Go.}
  - {name: b, agent: claude, prompt: Go., gate: [{bash: "test -e b"}]}
`
  const script = `- match: {step: a}
  do: [{write: {path: a, content: x}}]
- match: {step: b, round: 1}
  do: [{write: {path: half, content: x}}]
- do: [{write: {path: b, content: x}}]
`
  const { engine, repo } = world({ workflows: { w: two }, script })
  const run = await engine.start({ workflow: 'w' })
  expect(await run.result).toMatchObject({ status: 'failed' })
  await engine.apply(run.id, { partial: true })
  expect(await engine.gc()).toMatchObject([{ removed: false, run: { applied: true } }])
  expect(await (await engine.resume({ run: run.id })).result).toMatchObject({ status: 'passed' })
  expect(await engine.gc()).toMatchObject([{ removed: false, reason: 'its work is not applied' }])
  await engine.apply(run.id)
  expect(repo.exists('b')).toBe(true)
  expect(await engine.gc()).toMatchObject([{ removed: true, reason: 'applied' }])
})
