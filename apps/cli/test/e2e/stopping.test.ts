import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { text } from 'node:stream/consumers'

import { describe, expect, it } from 'vitest'

import { bin } from './support/bin.js'
import { world } from './support/world.js'
import { project, slow } from './support/workflows.js'

const start = ['run', 'one', '--spec', 'spec.md', '--json']
/** From here on a resume launches the agent for the second time, and the script is quick. */
const underWay = '"agent_launched"'

async function statusOf(gump: ReturnType<typeof world>['gump']): Promise<string> {
  const { stdout } = await gump(['runs', '--json'])
  return (JSON.parse(stdout) as { status: string }[])[0]?.status ?? 'none'
}

describe('stopping a run', () => {
  it('with Ctrl-C ends it within five seconds, exit 130, resumable', async () => {
    const { gump, start: begin } = world(project(slow))
    const run = begin(start)
    await run.printed(underWay)
    expect(await statusOf(gump)).toBe('running')
    const asked = performance.now()
    run.child.kill('SIGINT')
    const { code, stderr } = await run.outcome
    expect(performance.now() - asked).toBeLessThan(5000)
    expect(code).toBe(130)
    expect(stderr).toBe('Stopping; what is done so far stays. Press Ctrl-C again to stop at once.\n')
    expect(await statusOf(gump)).toBe('cancelled')

    const resumed = await gump(['run', '--resume'])
    expect([resumed.code, resumed.stderr]).toEqual([0, ''])
    expect(resumed.stdout.trimStart()).toMatch(/^🍿 gump run --resume/u)
    expect(await statusOf(gump)).toBe('passed')
  })

  it('with SIGTERM does the same', async () => {
    const { gump, start: begin } = world(project(slow))
    const run = begin(start)
    await run.printed(underWay)
    run.child.kill('SIGTERM')
    expect((await run.outcome).code).toBe(130)
    expect(await statusOf(gump)).toBe('cancelled')
  })

  it('is what happens when nobody reads its output any more', async () => {
    const talks = `- do: [${'turn, {text: more}, {sleep: 200ms}, '.repeat(100)}turn]\n`
    const { gump, start: begin } = world(project(talks))
    const run = begin(start)
    await run.printed(underWay)
    run.child.stdout?.destroy()
    expect((await run.outcome).code).toBe(130)
    expect(await statusOf(gump)).toBe('cancelled')
  })

  it.runIf(existsSync('/dev/full'))('is what happens when its output cannot be written', async () => {
    const { gump, repo, home } = world(project(slow))
    const full = openSync('/dev/full', 'w')
    const run = spawn(process.execPath, [bin, ...start], {
      cwd: repo.dir,
      env: { PATH: process.env['PATH'] ?? '', HOME: home },
      stdio: ['ignore', full, 'pipe'],
    })
    const stderr = run.stderr === null ? '' : text(run.stderr)
    const [code] = await once(run, 'close')
    closeSync(full)
    expect([code, await stderr]).toEqual([
      130,
      'Nothing more can be printed (ENOSPC). Stopping; what is done so far stays.\n',
    ])
    expect(await statusOf(gump)).toBe('cancelled')
  })

  it('with SIGKILL leaves the truth behind: interrupted, and resumable', async () => {
    const { gump, start: begin } = world(project(slow))
    const run = begin(start)
    await run.printed(underWay)
    run.child.kill('SIGKILL')
    await run.outcome
    expect(await statusOf(gump)).toBe('interrupted')
    expect((await gump(['run', '--resume'])).code).toBe(0)
    expect(await statusOf(gump)).toBe('passed')
  })

  it('from elsewhere is gump cancel', async () => {
    const { gump, start: begin } = world(project(slow))
    const run = begin(start)
    await run.printed(underWay)
    const cancelled = await gump(['cancel'])
    expect([cancelled.code, cancelled.stderr]).toEqual([0, ''])
    expect(cancelled.stdout).toMatch(
      /^run_\S+ is stopped; gump run --resume --run run_\S+ continues it\.\n$/u,
    )
    expect((await run.outcome).code).toBe(130)
    expect((await gump(['cancel'])).stdout).toMatch(/is not running; it is cancelled/u)
    expect(JSON.parse((await gump(['cancel', '--json'])).stdout)).toEqual({
      run: expect.stringMatching(/^[0-9a-f-]{36}$/u),
      alias: expect.stringMatching(/^run_/u),
      cancelled: false,
      status: 'cancelled',
      ended: 0,
    })
  })

  it('is impossible for a second owner: a resume of a running run is refused with its pid', async () => {
    const { gump, start: begin } = world(project(slow))
    const run = begin(start)
    await run.printed(underWay)
    const second = await gump(['run', '--resume'])
    expect(second.code).toBe(2)
    expect(second.stderr).toContain('GUMP-L003')
    expect(second.stderr).toMatch(new RegExp(`\\b${run.child.pid}\\b`, 'u'))
    run.child.kill('SIGINT')
    await run.outcome
  })
})

interface Line {
  readonly type: string
}

describe('a step that is parked', () => {
  const parks = `- match: {launch: 1}
  outcome: {failed: quota, message: come back later, retry_after: 8s}
- do:
    - write: {path: done.txt, content: "done\\n"}
`

  it('keeps waiting when its run is killed and resumed, and spends no attempt', async () => {
    const { gump, start: begin } = world(project(parks))
    const run = begin(start)
    await run.printed('"agent_parked"')
    expect(await statusOf(gump)).toBe('parked')
    run.child.kill('SIGKILL')
    await run.outcome
    expect(await statusOf(gump)).toBe('interrupted')

    const { code, stdout } = await gump(['run', '--resume', '--json'])
    expect(code).toBe(0)
    const events = stdout
      .split('\n')
      .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Line] : []))
    const after = events.slice(events.findIndex(({ type }) => type === 'run_resumed'))
    expect(
      after
        .map(({ type }) => type)
        .filter((type) => type.startsWith('agent_'))
        .slice(0, 2),
    ).toEqual(['agent_unparked', 'agent_launching'])
    expect(after.find(({ type }) => type === 'agent_completed')).toMatchObject({ attempt: 1, launch: 2 })
  })
})

describe('gump run --detach', () => {
  it('leaves the run to a process in the background', async () => {
    const { gump } = world(project(slow))
    const { code, stdout, stderr } = await gump(['run', 'one', '--spec', 'spec.md', '--detach'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^run_\S+ continues in the background\.\n/u)
    expect(['running', 'parked']).toContain(await statusOf(gump))
    expect((await gump(['cancel'])).code).toBe(0)
    expect(await statusOf(gump)).toBe('cancelled')
  })

  it('refuses what is refused without it', async () => {
    const { gump } = world(project(slow))
    const { code, stderr } = await gump(['run', 'nope', '--detach'])
    expect(code).toBe(2)
    expect(stderr).toContain('there is no workflow "nope"')
  })
})
