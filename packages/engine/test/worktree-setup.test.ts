import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { EngineSettings } from '@gump/engine'
import { createProcessRunner } from '@gump/process'
import { temporaryRepository } from '@gump/testkit'
import { describe, expect, it } from 'vitest'
import { types, world } from './support/world.js'

const settings = (
  worktree: Partial<EngineSettings['worktree']>,
  jobs = 2,
): Pick<EngineSettings, 'worktree' | 'jobs'> => ({
  worktree: { dir: null, setup: 'off', copy: [], link: [], submodules: false, ...worktree },
  jobs,
})

const step = (more: string): string =>
  `name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, ${more}}\n`
const writes = '- do: [turn, {write: {path: "a-{attempt}.txt", content: x}}]\n'

describe('the setup of a worktree', () => {
  it('is done once for each worktree of the pool, and is in the ledger', async () => {
    const text = `
name: w
steps:
  - name: plan
    type: split
    agent: scripted
    parallel: 2
    each:
      - {name: impl, type: code, agent: scripted, gate: [{bash: "test -f dep/made"}]}
`
    const tasks = Array.from({ length: 6 }, (_, i) => ({ name: `t${i}`, description: 'x' }))
    const script =
      `- match: {step: plan}\n  do: [{out: {plan: ${JSON.stringify(tasks)}}}]\n` +
      tasks
        .map(({ name }) => `- match: {task: ${name}}\n  do: [turn, {write: {path: ${name}, content: x}}]\n`)
        .join('')
    const { repo, engine } = world({
      files: { '.gitignore': 'dep/\n' },
      workflows: { w: text },
      script,
      settings: settings({ setup: ['mkdir dep', 'echo made > dep/made'] }),
    })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'passed' })
    const ready = (await engine.events(run.id)).flatMap((e) => (e.type === 'workspace_ready' ? [e] : []))
    // `mkdir` fails where the folder is: done twice, it would have ended the run.
    expect(
      ready
        .filter((e) => e.setup_ms !== undefined)
        .map((e) => e.slot)
        .toSorted(),
    ).toEqual([1, 2, null])
    expect(ready.length).toBeGreaterThan(6)
    for (const name of ['setup.run.1', 'setup.1.2', 'setup.2.2'])
      expect(existsSync(join(repo.dir, `.gump/runs/${run.id}/artifacts/.setup/${name}.log`))).toBe(true)
  })

  it('is done again when a retry wants a pristine worktree', async () => {
    const { repo, engine } = world({
      files: { '.gitignore': 'dep/\n.env\n' },
      workflows: {
        w: step(
          'gate: [{bash: "cat .env dep/made && test -f second"}], retry: [{attempt: 2, worktree: pristine}, {exit: 2}]',
        ),
      },
      script:
        '- match: {attempt: 1}\n  do: [turn, {write: {path: first, content: x}}]\n' +
        '- do: [turn, {write: {path: second, content: x}}]\n',
      settings: settings({ setup: ['mkdir dep', 'echo made > dep/made'], copy: ['.env'] }),
    })
    repo.write('.env', 'SECRET=1\n')
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'passed' })
    const events = await engine.events(run.id)
    expect(events.filter((e) => e.type === 'workspace_ready' && e.setup_ms !== undefined)).toHaveLength(2)
  })

  it('that fails stops the run without burning an attempt', async () => {
    const { repo, engine } = world({
      workflows: { w: step('retry: [{exit: 2}]') },
      script: writes,
      settings: settings({ setup: ['echo no such package >&2; exit 3'] }),
    })
    const run = await engine.start({ workflow: 'w' })
    const result = await run.result
    expect(result).toMatchObject({ status: 'failed' })
    expect(result.reason).toContain('no such package')
    expect(types(await engine.events(run.id))).not.toContain('step_started')
    const second = world({ repo, workflows: { w: step('retry: [{exit: 2}]') }, script: writes })
    expect(await (await second.engine.resume({ run: run.id })).result).toMatchObject({ status: 'passed' })
  })
})

describe('files and folders of the checkout', () => {
  it('come as copies: nothing done to them reaches the user, and no commit takes them in', async () => {
    const { repo, engine } = world({
      workflows: { w: step('gate: [{bash: "echo changed > deps/one.js; echo changed > .env"}]') },
      script: '- do: [turn, {write: {path: deps/one.js, content: hacked}}, {write: {path: a, content: x}}]\n',
      settings: settings({ copy: ['.env'], link: ['deps'] }),
    })
    repo.write('.env', 'SECRET=1\n')
    repo.write('deps/one.js', 'original\n')
    const run = await engine.start({ workflow: 'w' })
    const result = await run.result
    expect(result.status).toBe('passed')
    expect(repo.read('deps/one.js')).toBe('original\n')
    expect(repo.read('.env')).toBe('SECRET=1\n')
    expect(repo.git('diff', '--name-only', 'main', result.commit)).toBe('a')
    expect(readFileSync(join(repo.dir, `../project.gump/run-${run.id}/deps/one.js`), 'utf8')).toBe(
      'changed\n',
    )
  })

  it('are refused from outside, and never written through a link of the project', async () => {
    const outside = temporaryRepository({ 'keep.txt': 'keep\n' })
    const repo = temporaryRepository()
    symlinkSync(outside.dir, join(repo.dir, 'vendor'))
    repo.commit()
    const worlds = (copy: string[]): ReturnType<typeof world> =>
      world({
        repo,
        workflows: { w: step('retry: [{exit: 1}]') },
        script: '- do: [turn]\n',
        settings: settings({ copy }),
      })
    await expect(worlds(['../elsewhere']).engine.start({ workflow: 'w' })).rejects.toMatchObject({
      code: 'GUMP-G001',
    })
    const run = await worlds(['vendor/keep.txt']).engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'passed' })
    expect(outside.read('keep.txt')).toBe('keep\n')
    outside.remove()
  })
})

describe('submodules', () => {
  it('are there when they are asked for', async () => {
    const inner = temporaryRepository({ 'lib.txt': 'lib\n' })
    const repo = temporaryRepository()
    repo.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner.dir, 'lib')
    repo.commit()
    const { engine } = world({
      repo,
      workflows: { w: step('gate: [{bash: "test -f lib/lib.txt"}]') },
      script: '- do: [turn, {write: {path: a, content: x}}]\n',
      settings: settings({ submodules: true }),
      ambient: {
        env: {
          ...process.env,
          GIT_CONFIG_COUNT: '1',
          GIT_CONFIG_KEY_0: 'protocol.file.allow',
          GIT_CONFIG_VALUE_0: 'always',
        },
      },
    })
    const run = await engine.start({ workflow: 'w' })
    const result = await run.result
    expect(result).toMatchObject({ status: 'passed' })
    expect(repo.git('diff', '--name-only', 'main', result.commit)).toBe('a')
    inner.remove()
  })
})

const { sandbox } = await createProcessRunner({ env: process.env }).probe()

describe('what an agent has changed', () => {
  it.runIf(sandbox)('is set up in the sandbox, and the files that the run began with are not', async () => {
    const text = step(
      'retry: [{attempt: 2, worktree: pristine}, {exit: 2}], gate: [{bash: "test -e second"}]',
    ).replace('steps:\n', 'steps:\n  - {name: before, agent: scripted, prompt: go}\n')
    const script = `
- match: {step: before}
  do: [turn, {write: {path: install.sh, content: "echo x > ../escaped || true\\necho done > dep\\n"}}]
- match: {attempt: 1}
  do: [turn, {write: {path: first, content: x}}]
- do: [turn, {write: {path: second, content: x}}]
`
    const repo = temporaryRepository({
      '.gitignore': 'dep\n',
      'install.sh': 'echo x > ../first\necho done > dep\n',
    })
    const { engine } = world({
      repo,
      workflows: { w: text },
      script,
      settings: {
        ...settings({ setup: ['sh install.sh'] }),
        sandbox: { mode: 'auto', writable: [], hide: [] },
      },
    })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'passed' })
    const levels = (await engine.events(run.id)).flatMap((e) =>
      e.type === 'command_launched' && e.container.includes('setup') ? [e.sandbox] : [],
    )
    expect(levels).toEqual(['detected', 'enforced'])
    const beside = join(repo.dir, '..', `${basename(repo.dir)}.gump`)
    expect(existsSync(join(beside, 'first'))).toBe(true)
    expect(existsSync(join(beside, 'escaped'))).toBe(false)
  })
})
