import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createEngine, type Engine } from '@gump/engine'
import { type AgentAdapter, parseAgentScript, scripted } from '@gump/agents'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import { memoryPlaybook } from '@gump/schema'
import { afterEach, describe, expect, it } from 'vitest'
import { world } from './support/world.js'

const writes = (step: string): string =>
  `- match: {step: ${step}}\n  do: [turn, {write: {path: ${step}.txt, content: ${step}}}]\n`
const two = `
name: w
steps:
  - {name: one, agent: scripted, prompt: go}
  - {name: two, agent: scripted, prompt: go, gate: [{bash: "test -e two.txt"}]}
`
const half = `${writes('one')}- do: [turn]\n`
const whole = writes('one') + writes('two')

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

/** An engine on a folder that a test has moved about. */
function engineAt(
  repo: string,
  script: string,
  home = dirname(repo),
  agents?: readonly AgentAdapter[],
): Engine {
  const engine = createEngine({
    repo,
    playbook: memoryPlaybook({ origin: 'builtin', workflows: [{ ref: 'w', text: two }] }),
    agents: agents ?? [scripted(parseAgentScript(script, 'agents.yaml'))],
    gates: builtinGates,
    guards: builtinGuards,
    settings: { sandbox: { mode: 'off', writable: [], hide: [] } },
    ambient: { home },
  })
  cleanups.push(() => engine.close())
  return engine
}

async function failed(): Promise<{ readonly repo: ReturnType<typeof world>['repo']; readonly id: string }> {
  const { repo, engine } = world({ workflows: { w: two }, script: half })
  const run = await engine.start({ workflow: 'w' })
  expect(await run.result).toMatchObject({ status: 'failed', failedStep: 'two' })
  await engine.close()
  return { repo, id: run.id }
}

describe('the worktree of a run', () => {
  it('is beside the checkout, for nobody else, and a file says where', async () => {
    const { repo, id } = await failed()
    const dir = join(`${repo.dir}.gump`, `run-${id}`)
    expect(readdirSync(join(repo.dir, '.gump/worktrees'))).toEqual([`run-${id}`])
    expect(repo.read(`.gump/worktrees/run-${id}`)).toBe(`${dir}\n`)
    expect(repo.git('status', '--porcelain', '--ignored')).toBe('!! .gump/')
    const engine = engineAt(repo.dir, whole)
    expect(await engine.find(id)).toMatchObject({ worktree: dir })
  })

  it('is below the home folder when others can write beside the checkout', async () => {
    const { repo, engine } = world({
      workflows: { w: two },
      script: whole,
      ambient: { home: '/nonexistent' },
    })
    chmodSync(dirname(repo.dir), 0o777)
    await engine.close()
    const home = realpathSync(mkdtempSync(join(tmpdir(), 'gump-home-')))
    cleanups.push(() => rmSync(home, { recursive: true }))
    const other = engineAt(repo.dir, whole, home)
    const run = await other.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'passed' })
    const { worktree } = await other.find(run.id)
    expect(worktree.startsWith(join(home, 'gump-worktrees/project-'))).toBe(true)
    expect(existsSync(worktree)).toBe(true)
    await other.apply(run.id)
    expect(readdirSync(join(home, 'gump-worktrees'))).toEqual([])
  })

  it('of an older version is taken up, applied and removed where it is', async () => {
    const { repo, id } = await failed()
    // What such a run left: the worktree inside the checkout, and no word of where.
    const old = join(repo.dir, '.gump/worktrees', `run-${id}`)
    rmSync(old)
    repo.git('worktree', 'unlock', join(`${repo.dir}.gump`, `run-${id}`))
    repo.git('worktree', 'move', join(`${repo.dir}.gump`, `run-${id}`), old)
    rmSync(join(repo.dir, '.git/gump/worktrees'), { recursive: true })
    const ledger = join(repo.dir, '.gump/runs', id, 'manifest.ndjson')
    writeFileSync(ledger, readFileSync(ledger, 'utf8').replace(',"worktrees":"../project.gump"', ''))
    rmSync(`${repo.dir}.gump`, { recursive: true })
    const engine = engineAt(repo.dir, whole)
    expect(await engine.find(id)).toMatchObject({ worktree: old })
    expect(await (await engine.resume({ run: id })).result).toMatchObject({ status: 'passed' })
    expect(readFileSync(join(old, 'two.txt'), 'utf8')).toBe('two')
    expect(existsSync(`${repo.dir}.gump`)).toBe(false)
    expect(await engine.apply(id)).toMatchObject({ status: 'merged', stays: [] })
    expect(existsSync(old)).toBe(false)
    await engine.gc()
    expect(repo.git('worktree', 'list').split('\n')).toHaveLength(1)
  })

  it('goes with the run when it is applied; blame, report and replay still work', async () => {
    const { repo, engine } = world({ workflows: { w: two }, script: whole })
    const run = await engine.start({ workflow: 'w' })
    await run.result
    expect(await engine.apply(run.id)).toMatchObject({ status: 'merged', stays: [] })
    expect(existsSync(`${repo.dir}.gump`)).toBe(false)
    expect(readdirSync(join(repo.dir, '.gump/worktrees'))).toEqual([])
    expect(repo.git('branch', '--list', 'gump/*', '--format=%(refname:short)')).toBe(`gump/run-${run.id}`)
    await expect(engine.apply(run.id)).rejects.toMatchObject({ code: 'GUMP-G005' })
    const again = await engine.replay({ run: run.id, fromStep: 'two' })
    expect(await again.result).toMatchObject({ status: 'passed' })
    await engine.gc()
    const branch = `refs/heads/gump/run-${run.id}`
    expect(repo.git('for-each-ref', `refs/gump/${run.id}/`, branch)).toBe('')
  })

  it('stays when it was changed after the run had passed', async () => {
    const { repo, engine } = world({ workflows: { w: two }, script: whole })
    const run = await engine.start({ workflow: 'w' })
    await run.result
    const dir = join(`${repo.dir}.gump`, `run-${run.id}`)
    writeFileSync(join(dir, 'by-hand.txt'), 'mine\n')
    const { stays } = await engine.apply(run.id)
    expect(stays).toEqual([{ dir, reason: 'its files are not those of its branch' }])
    expect(repo.read(`.gump/worktrees/run-${run.id}`)).toBe(`${dir}\n`)
  })
})

describe('a run is taken up after its repository', () => {
  it('was renamed', async () => {
    const { repo, id } = await failed()
    const renamed = join(dirname(repo.dir), 'renamed')
    renameSync(repo.dir, renamed)
    const engine = engineAt(renamed, whole)
    const dir = join(`${repo.dir}.gump`, `run-${id}`)
    expect(await engine.find(id)).toMatchObject({ worktree: dir })
    expect(await (await engine.resume({ run: id })).result).toMatchObject({ status: 'passed' })
    expect(readFileSync(join(dir, 'two.txt'), 'utf8')).toBe('two')
    expect(await engine.apply(id)).toMatchObject({ status: 'merged', stays: [] })
    expect(existsSync(join(renamed, 'two.txt'))).toBe(true)
    expect(existsSync(dir)).toBe(false)
  })

  it('was moved, and its worktree was not', async () => {
    const { repo, id } = await failed()
    const moved = join(dirname(repo.dir), 'a/b/project')
    mkdirSync(dirname(moved), { recursive: true })
    renameSync(repo.dir, moved)
    const engine = engineAt(moved, whole)
    expect(await (await engine.resume({ run: id })).result).toMatchObject({ status: 'passed' })
    expect(existsSync(join(`${repo.dir}.gump`, `run-${id}`, 'two.txt'))).toBe(true)
    expect(existsSync(`${moved}.gump`)).toBe(false)
    await engine.gc({ confirm: async () => true })
    expect(existsSync(join(`${repo.dir}.gump`, `run-${id}`))).toBe(false)
  })

  it('was moved with everything around it', async () => {
    const { repo, id } = await failed()
    const moved = join(dirname(repo.dir), 'moved')
    mkdirSync(moved)
    renameSync(repo.dir, join(moved, 'project'))
    renameSync(`${repo.dir}.gump`, join(moved, 'project.gump'))
    const engine = engineAt(join(moved, 'project'), whole)
    expect(await (await engine.resume({ run: id })).result).toMatchObject({ status: 'passed' })
    expect(existsSync(join(moved, 'project.gump', `run-${id}`, 'two.txt'))).toBe(true)
    await engine.gc({ confirm: async () => true })
    expect(existsSync(join(moved, 'project.gump'))).toBe(false)
  })

  it('was moved and its worktree was lost', async () => {
    const { repo, id } = await failed()
    const moved = join(dirname(repo.dir), 'moved')
    renameSync(repo.dir, moved)
    rmSync(`${repo.dir}.gump`, { recursive: true })
    const engine = engineAt(moved, whole)
    const result = await (await engine.resume({ run: id })).result
    expect(result).toMatchObject({ status: 'passed' })
    expect(existsSync(join(`${moved}.gump`, `run-${id}`, 'one.txt'))).toBe(true)
    const said = (await engine.events(id)).filter((event) => event.type === 'warning')
    expect(said.map((event) => ('message' in event ? event.message : ''))).toEqual([
      expect.stringContaining('was gone: it was made again from the branch of the run'),
    ])
  })
})

describe('what is in the way is said before anything starts', () => {
  it('a branch called gump', async () => {
    const { repo, engine } = world({ workflows: { w: two }, script: whole })
    repo.git('branch', 'gump')
    await expect(engine.start({ workflow: 'w' })).rejects.toMatchObject({
      code: 'GUMP-P014',
      remedy: 'rename it: git branch -m gump NAME',
    })
    expect((await engine.plan({ workflow: 'w' })).diagnostics).toContainEqual(
      expect.objectContaining({ code: 'GUMP-P014', severity: 'error' }),
    )
    expect(await engine.runs()).toEqual([])
    repo.git('branch', '-m', 'gump', 'mine')
    expect(await (await engine.start({ workflow: 'w' })).result).toMatchObject({ status: 'passed' })
  })

  it.each(['.gump', '.gump/runs', '.gump/worktrees'])('a link in the place of %s', async (path) => {
    const { repo, engine } = world({ workflows: { w: two }, script: whole })
    await engine.close()
    const elsewhere = join(dirname(repo.dir), 'elsewhere')
    mkdirSync(elsewhere)
    if (path !== '.gump') mkdirSync(join(repo.dir, '.gump'))
    symlinkSync(elsewhere, join(repo.dir, path))
    repo.commit('a link')
    const other = engineAt(repo.dir, whole)
    await expect(other.start({ workflow: 'w' })).rejects.toMatchObject({ code: 'GUMP-P013' })
    expect(readdirSync(elsewhere)).toEqual([])
  })
})
