import { describe, expect, it } from 'vitest'

import { world } from './support/world.js'
import { project, slow } from './support/workflows.js'

const start = ['run', 'one', '--spec', 'spec.md', '--json']

/** A run whose process was killed while its agent was at work. */
async function killedRun() {
  const made = world(project(slow))
  const run = made.start(start)
  await run.printed('"agent_launched"')
  const pid = String(run.child.pid)
  const kill = async (): Promise<void> => {
    run.child.kill('SIGKILL')
    await run.outcome
  }
  return { ...made, pid, kill }
}

describe('the first command after kill -9 tells the truth:', () => {
  it('status, without a process', async () => {
    const { gump, pid, kill } = await killedRun()
    expect((await gump(['status'])).stdout).toContain(`pid ${pid}`)
    await kill()
    const { stdout } = await gump(['status'])
    expect(stdout).toMatch(/^run_\S+ {2}interrupted {2}one/u)
    expect(stdout).not.toContain('pid')
    expect(stdout).toContain('at impl')
    expect(stdout).toMatch(/gump run --resume --run run_/u)
  })

  it('report, for people and as JSON', async () => {
    const { gump, kill } = await killedRun()
    await kill()
    expect((await gump(['report'])).stdout).toContain('interrupted')
    const { stdout } = await gump(['report', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ status: 'interrupted' })
  })

  it('logs -f, which ends', async () => {
    const { gump, kill } = await killedRun()
    await kill()
    const { code, stdout } = await gump(['logs', '-f'])
    expect(code).toBe(0)
    expect(stdout).toContain('[impl]')
  })

  it('logs -f, which was already following', async () => {
    const { start: begin, kill } = await killedRun()
    const following = begin(['logs', '-f'])
    await following.printed('[impl]')
    await kill()
    const { code, stderr } = await following.outcome
    expect(code).toBe(0)
    expect(stderr).toMatch(/^run_\S+ is interrupted: the process that ran it is gone; gump run --resume/u)
  })

  it('cancel, to which there is nothing to stop', async () => {
    const { gump, kill } = await killedRun()
    await kill()
    const { code, stdout } = await gump(['cancel'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^run_\S+ is not running; it is interrupted\.\n$/u)
    expect((await gump(['run', '--resume'])).code).toBe(0)
  })

  it('apply, which refuses', async () => {
    const { gump, kill } = await killedRun()
    await kill()
    const { code, stderr } = await gump(['apply'])
    expect(code).toBe(2)
    expect(stderr).toContain('interrupted')
  })

  it('gc, which removes what has no work and leaves nothing', async () => {
    const { gump, repo, kill } = await killedRun()
    expect((await gump(['gc', '--yes'])).stdout).toMatch(/stays {2}it is running/u)
    await kill()
    expect((await gump(['gc'])).stdout).toMatch(/removed {2}it changed nothing/u)
    expect((await gump(['runs'])).stdout).toMatch(/^No run yet/u)
    expect(repo.git('worktree', 'list').split('\n')).toHaveLength(1)
    expect(repo.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main')
  })
})

it('logs -f continues with a run that was resumed, past the end of its first part', async () => {
  const { start: begin, gump } = world(project(slow.replace('launch: 1', 'launch: 1, attempt: 1')))
  const first = begin(start)
  await first.printed('"agent_launched"')
  first.child.kill('SIGINT')
  await first.outcome
  const second = begin(['run', '--resume', '--json'])
  await second.printed('"run_resumed"')
  const { stdout } = await gump(['logs', '-f', '--json'])
  await second.outcome
  expect(stdout).toContain('"status":"passed"')
})
