import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Engine, EngineSettings } from '@gump/engine'
import type { TemporaryRepository } from '@gump/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { world } from './support/world.js'

const text = `
name: w
steps:
  - name: plan
    type: split
    agent: scripted
    parallel: true
    each:
      - {name: make, agent: scripted, hitl: after_gate, gate: [{bash: "true"}]}
`
const tasks = ['t', 'u'].map((name) => ({ name, description: name }))
const script = `- match: {step: plan}\n  do: [{out: {plan: ${JSON.stringify(tasks)}}}]\n- match: {task: t}\n  do: [turn, {write: {path: t.txt, content: t}}]\n- do: [turn]\n`
const inFolder = (dir: string | null): Partial<EngineSettings> => ({
  worktree: { dir, setup: 'auto', copy: [], link: [], submodules: false },
})

function engineWith(dir: string | null, repo?: TemporaryRepository): ReturnType<typeof world> {
  const settings = inFolder(dir)
  return world({ workflows: { w: text }, script, settings, ...(repo === undefined ? {} : { repo }) })
}

describe('the folder of the worktrees', () => {
  let outside: string
  beforeEach(() => {
    outside = realpathSync(mkdtempSync(join(tmpdir(), 'gump-trees-')))
  })
  afterEach(() => rmSync(outside, { recursive: true, force: true }))

  it('is where the run began, whatever the settings say when it is resumed', async () => {
    const folder = join(outside, 'trees')
    const { repo, engine } = engineWith(folder)
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'paused' })
    const later: Engine = engineWith(null, repo).engine
    const [summary] = await later.runs()
    expect(summary?.worktree).toBe(join(folder, `run-${run.id}`))
    const resumed = await later.resume({ run: run.id, answer: { decision: 'continue' } })
    expect(await resumed.result).toMatchObject({ status: 'passed' })
    expect(repo.exists('../project.gump')).toBe(false)
  })

  it('is that of the settings for a replay', async () => {
    const folder = join(outside, 'trees')
    const { repo, engine } = engineWith(folder)
    const old = await engine.start({ workflow: 'w' })
    await old.result
    const later = engineWith(null, repo).engine
    const run = await later.replay({ run: old.id, fromStep: 'plan/u/make' })
    expect(await run.result).toMatchObject({ status: 'paused' })
    expect((await later.runs()).map(({ worktree }) => dirname(worktree))).toEqual([
      `${repo.dir}.gump`,
      folder,
    ])
  })

  it('is reported for each step that waits', async () => {
    const { repo, engine } = engineWith(null)
    const run = await engine.start({ workflow: 'w' })
    await run.result
    const [summary] = await engine.runs()
    expect(summary?.stepWorktrees).toEqual({
      'plan/t/make': join(`${repo.dir}.gump`, `run-${run.id}.1`),
      'plan/u/make': join(`${repo.dir}.gump`, `run-${run.id}.2`),
    })
  })

  it('inside the repository is no untracked file of the user', async () => {
    const { repo, engine } = engineWith('build/trees')
    await (
      await engine.start({ workflow: 'w' })
    ).result
    expect(repo.git('status', '--porcelain')).toBe('')
  })
})
