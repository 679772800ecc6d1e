import { createProcessRunner } from '@gump/process'
import { describe, expect, it } from 'vitest'
import { world } from './support/world.js'

const text = 'name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, gate: [{bash: "test -e b"}]}\n'
const script = '- do: [turn, {write: {path: a.txt, content: x}}]'
/** As in a container that may not make namespaces. */
const processes = createProcessRunner({ env: process.env, forceLevel: 'group' })

describe.each(['require', 'strict'] as const)('sandbox mode %s where there is no sandbox', (mode) => {
  const settings = { sandbox: { mode, writable: [], hide: [] } }
  const refused = { code: 'GUMP-P009' }

  it('starts nothing, and leaves nothing behind', async () => {
    const { engine, repo } = world({ workflows: { w: text }, script, settings, ambient: { processes } })
    await expect(engine.start({ workflow: 'w' })).rejects.toMatchObject(refused)
    expect(await engine.runs()).toEqual([])
    expect(repo.git('worktree', 'list').split('\n')).toHaveLength(1)
  })

  it('takes nothing up, and plays nothing again', async () => {
    const { engine, repo } = world({ workflows: { w: text }, script })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed' })
    const later = world({ workflows: { w: text }, script, settings, ambient: { processes }, repo })
    await expect(later.engine.resume({ run: run.id })).rejects.toMatchObject(refused)
    await expect(later.engine.replay({ run: run.id, fromStep: 'a' })).rejects.toMatchObject(refused)
    expect(await engine.find(run.id)).toMatchObject({ status: 'failed' })
  })
})

it('sandbox mode auto continues without one, and says so in the ledger', async () => {
  const settings = { sandbox: { mode: 'auto', writable: [], hide: [] } } as const
  const { engine } = world({ workflows: { w: text }, script, settings, ambient: { processes } })
  const run = await engine.start({ workflow: 'w' })
  await run.result
  expect((await engine.events(run.id)).find((e) => e.type === 'command_launched')).toMatchObject({
    level: 'group',
    sandbox: 'detected',
  })
})
