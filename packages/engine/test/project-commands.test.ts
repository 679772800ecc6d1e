import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createProcessRunner, type LeftoverContainer, type ProcessRunner } from '@gump/process'
import { afterEach, describe, expect, it } from 'vitest'
import { types, world } from './support/world.js'

const { sandbox } = await createProcessRunner({ env: process.env }).probe()
const script = '- do: [turn, {write: {path: a.txt, content: x}}]'
const oneStep = (gates: string): string =>
  `name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, gate: [${gates}]}\n`

describe('a command of the project', () => {
  it('is on record before it is started, and as the process that it became', async () => {
    const text = oneStep('{bash: "echo one"}, {touched: a.txt}')
    const { engine } = world({ workflows: { w: text }, script })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'passed' })
    const events = await engine.events(run.id)
    const from = events.findIndex(({ type }) => type === 'gate_started')
    expect(types(events).slice(from, from + 6)).toEqual([
      'gate_started',
      'command_launching',
      'command_launched',
      'gate_passed',
      'gate_started',
      'gate_passed',
    ])
    const launching = events.find((e) => e.type === 'command_launching')
    expect(launching).toMatchObject({ step: 'a', container: expect.stringContaining(`${run.id}/`) })
    expect(events.find((e) => e.type === 'command_launched')).toMatchObject({
      container: launching?.container,
      pid: expect.any(Number),
      pid_start: expect.stringMatching(/^\d+$/),
      sandbox: 'detected',
    })
  })

  it.runIf(sandbox)(
    'can write in its worktree, and neither in the user’s checkout nor in its git folder',
    async () => {
      const settings = { sandbox: { mode: 'auto', writable: [], hide: [] } } as const
      const gates = [
        'echo x > made.tmp',
        '! echo x > ../../project/README.md',
        '! echo x > ../../project/.git/config',
        'git status --short && git diff HEAD && git stash create',
      ]
      const text = oneStep(gates.map((bash) => JSON.stringify({ bash })).join())
      const { engine, repo } = world({
        workflows: { w: text },
        script,
        settings,
        files: { 'README.md': 'mine\n' },
      })
      const run = await engine.start({ workflow: 'w' })
      expect(await run.result).toMatchObject({ status: 'passed' })
      const launched = (await engine.events(run.id)).filter((e) => e.type === 'command_launched')
      expect(launched.map((event) => event.sandbox)).toEqual(Array(gates.length).fill('enforced'))
      expect(readFileSync(join(repo.dir, 'README.md'), 'utf8')).toBe('mine\n')
      // Nobody waits for the views that its git worked on to go, but the end of the run.
      expect(readdirSync(join(run.dir, 'git'))).toEqual([])
    },
  )
})

const orphans: ChildProcess[] = []
afterEach(() => {
  for (const orphan of orphans.splice(0)) orphan.kill('SIGKILL')
})

/** What a dead engine has left of a run. */
function orphanOf(runId: string): ChildProcess {
  const env = { PATH: process.env['PATH'], GUMP_CONTAINER: `${runId}/gate:a@1.1:test` }
  const orphan = spawn('sleep', ['1000'], { env, stdio: 'ignore', detached: true })
  orphans.push(orphan)
  return orphan
}

const expectKilled = async (orphan: ChildProcess): Promise<void> => {
  if (orphan.signalCode === null) await once(orphan, 'exit')
  expect(orphan.signalCode).toBe('SIGKILL')
}

describe('what a dead engine left of a run', () => {
  const failing = oneStep('{bash: "test -e b.txt"}')

  it('is killed when the run is resumed', async () => {
    const { engine } = world({ workflows: { w: failing }, script })
    const run = await engine.start({ workflow: 'w' })
    await run.result
    const orphan = orphanOf(run.id)
    await (
      await engine.resume({ run: run.id })
    ).result
    await expectKilled(orphan)
  })

  it('is not looked for among the processes of the run that a history was taken from', async () => {
    const asked: LeftoverContainer[] = []
    const runner = createProcessRunner({ env: process.env })
    const processes: ProcessRunner = {
      ...runner,
      killLeftovers(owner, known = []) {
        asked.push(...known)
        return runner.killLeftovers(owner, known)
      },
    }
    const text =
      failing.replace('test -e b.txt', 'true').trimEnd() +
      `\n  - {name: b, agent: scripted, prompt: go, gate: [{bash: "false"}]}\n`
    const { engine } = world({ workflows: { w: text }, script, ambient: { processes } })
    const old = await engine.start({ workflow: 'w' })
    await old.result
    const again = await engine.replay({ run: old.id, fromStep: 'b' })
    await again.result
    await (
      await engine.resume({ run: again.id })
    ).result
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter(({ container }) => !container.startsWith(`${again.id}/`))).toEqual([])
  })

  it('is killed when the run is cancelled', async () => {
    const { engine } = world({ workflows: { w: failing }, script })
    const run = await engine.start({ workflow: 'w' })
    await run.result
    // As if another engine had taken the run up, and died.
    const owner = JSON.parse(readFileSync(join(run.dir, 'owner.1'), 'utf8')) as object
    writeFileSync(join(run.dir, 'owner.2'), JSON.stringify({ ...owner, pidStart: '1' }))
    const orphan = orphanOf(run.id)
    await expect(engine.cancel(run.id)).rejects.toMatchObject({ code: 'GUMP-R005', data: { ended: 1 } })
    await expectKilled(orphan)
  })

  it('is killed before the run is removed', async () => {
    const { engine } = world({ workflows: { w: failing }, script })
    const run = await engine.start({ workflow: 'w' })
    await run.result
    const orphan = orphanOf(run.id)
    expect(await engine.gc({ confirm: () => Promise.resolve(true) })).toMatchObject([{ removed: true }])
    await expectKilled(orphan)
  })
})
