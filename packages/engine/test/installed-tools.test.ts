import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EngineSettings } from '@gump/engine'
import { temporaryRepository, type TemporaryRepository } from '@gump/testkit'
import { describe, expect, it } from 'vitest'
import { world } from './support/world.js'

const worktree: EngineSettings['worktree'] = {
  dir: null,
  setup: 'auto',
  copy: [],
  link: [],
  submodules: false,
}

/** A project without a lockfile, with a tool installed in the checkout. */
function project(): TemporaryRepository {
  const repo = temporaryRepository({
    'package.json': JSON.stringify({
      name: 'm',
      scripts: { test: 'checker' },
      devDependencies: { checker: '*' },
    }),
    '.gitignore': 'node_modules/\n',
    'value.txt': 'good\n',
  })
  mkdirSync(join(repo.dir, 'node_modules/.bin'), { recursive: true })
  writeFileSync(join(repo.dir, 'node_modules/.bin/checker'), '#!/bin/sh\ngrep -q good value.txt\n', {
    mode: 0o755,
  })
  mkdirSync(join(repo.dir, 'node_modules/.cache'))
  return repo
}

const write = (path: string, content: string): string =>
  `{write: {path: ${JSON.stringify(path)}, content: ${JSON.stringify(content)}}}`

describe('dependencies without a lockfile', () => {
  it('are copied from the checkout, which is reported, and nothing done to them reaches the user', async () => {
    const repo = project()
    const { engine } = world({
      repo,
      workflows: { w: 'name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, gate: [test]}\n' },
      script: `- do: [turn, ${write('value.txt', 'good too\n')}]\n`,
      settings: { worktree },
    })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'passed' })
    const told = (await engine.events(run.id)).flatMap((e) => (e.type === 'setup_progress' ? [e] : []))
    expect(told[0]).toMatchObject({ what: 'copying node_modules of your checkout', done: false })
    expect(told.at(-1)).toMatchObject({
      what: expect.stringMatching(/^copying node_modules of your checkout \((?:copies|reflinks.*)\)$/),
      bytes: 33,
      done: true,
    })
    expect(lstatSync(join(repo.dir, 'node_modules/.bin/checker')).nlink).toBe(1)
    expect(repo.git('status', '--porcelain')).toBe('')
  })

  it('are copied on for each task, instead of being installed again', async () => {
    const repo = project()
    const tasks = ['x', 'y'].map((name) => ({ name, description: 'x' }))
    const { engine } = world({
      repo,
      workflows: {
        w: 'name: w\nsteps:\n  - name: plan\n    type: split\n    agent: scripted\n    parallel: 2\n    each:\n      - {name: impl, type: code, agent: scripted, gate: [test]}\n',
      },
      script:
        `- match: {step: plan}\n  do: [{out: {plan: ${JSON.stringify(tasks)}}}]\n` +
        tasks.map(({ name }) => `- match: {task: ${name}}\n  do: [turn, ${write(name, 'x')}]\n`).join(''),
      settings: { worktree, jobs: 2 },
    })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'passed' })
    const told = (await engine.events(run.id)).flatMap((e) =>
      e.type === 'setup_progress' && e.done ? [e.what] : [],
    )
    expect(told.filter((what) => what.startsWith("copying node_modules of the run's worktree"))).toHaveLength(
      2,
    )
    expect(told.filter((what) => what.startsWith('copying node_modules of your checkout'))).toHaveLength(1)
  })
})

describe('what the set-up installed', () => {
  const bent = [
    ['replaced', 'node_modules/.bin/checker', '#!/bin/sh\nexit 0\n'],
    ['shadowed by a package of the same name', 'node_modules/checker/package.json', '{}'],
  ] as const

  it.each(bent)(
    'is installed again when it was %s, with a warning, before gates judge with it',
    async (_, path, content) => {
      const repo = project()
      const { engine } = world({
        repo,
        workflows: { w: 'name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, gate: [test]}\n' },
        script: `- do: [turn, ${write('value.txt', 'bad\n')}, ${write(path, content)}]\n`,
        settings: { worktree },
      })
      const run = await engine.start({ workflow: 'w' })
      expect(await run.result).toMatchObject({ status: 'failed' })
      const warnings = (await engine.events(run.id)).flatMap((e) => (e.type === 'warning' ? [e.message] : []))
      expect(warnings).toContainEqual(
        expect.stringContaining(`what the set-up installed was changed: ${path}`),
      )
      expect(readFileSync(join(repo.dir, 'node_modules/.bin/checker'), 'utf8')).toContain('grep')
      expect(existsSync(join(repo.dir, 'node_modules/checker'))).toBe(false)
    },
  )

  it('may be looked at and cached, and is not called changed for it', async () => {
    const { engine } = world({
      repo: project(),
      workflows: { w: 'name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, gate: [test]}\n' },
      script: `- do: [turn, ${write('a.txt', 'x')}, ${write('node_modules/.cache/x.json', '{}')}]\n`,
      settings: { worktree },
    })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'passed' })
    expect((await engine.events(run.id)).filter(({ type }) => type === 'warning')).toEqual([])
  })
})

describe('folders of tools where the set-up has made none', () => {
  const files = {
    'package.json': JSON.stringify({ name: 'm', version: '1.0.0', scripts: { test: 'sh check.sh' } }),
    'package-lock.json': JSON.stringify({
      name: 'm',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: { '': { name: 'm', version: '1.0.0' } },
    }),
    'check.sh': 'exit 1\n',
    '.gitignore': 'node_modules/\n',
  }
  const fake = `{write: {path: node_modules/.bin/sh, content: "#!/bin/true\\n", mode: 493}}`

  it('are removed before a gate looks for its tools there', async () => {
    const { engine } = world({
      files,
      workflows: { w: 'name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, gate: [test]}\n' },
      script: `- do: [turn, ${write('value.txt', 'x\n')}, ${fake}]\n`,
      settings: { worktree },
    })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed' })
    const warnings = (await engine.events(run.id)).flatMap((e) => (e.type === 'warning' ? [e.message] : []))
    expect(warnings).toContainEqual(
      expect.stringContaining('what the set-up installed was changed: node_modules'),
    )
  })

  it('stay where people said that nothing is set up', async () => {
    const { engine } = world({
      files,
      workflows: { w: 'name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, gate: [test]}\n' },
      script: `- do: [turn, ${write('value.txt', 'x\n')}, ${fake}]\n`,
      settings: { worktree: { ...worktree, setup: 'off' } },
    })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'passed' })
  })
})

describe('folders of tools that hold sources', () => {
  it('are the work of the attempt, whatever they are called', async () => {
    const { engine } = world({
      files: { 'vendor/a/a.txt': 'old\n', 'deps/b.c': 'old\n' },
      workflows: {
        w: 'name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, gate: [{bash: "grep -q new vendor/a/a.txt && grep -q new deps/b.c"}]}\n',
      },
      script: `- do: [turn, ${write('vendor/a/a.txt', 'new\n')}, ${write('deps/b.c', 'new\n')}]\n`,
      settings: { worktree: { ...worktree, setup: ['true'] } },
    })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'passed' })
    expect((await engine.events(run.id)).filter((e) => e.type === 'warning')).toEqual([])
  })
})
