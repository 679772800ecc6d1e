import { afterEach, describe, expect, it } from 'vitest'
import { availableLevels, fixture, spec, watch, type Watched } from './support/containers.js'
import { eventually, processesWith, uniqueSeconds } from './support/processes.js'

const levels = await availableLevels()

describe.each(levels)('containment by $level', ({ level, runner }) => {
  const started: Watched[] = []
  const start = async (...args: Parameters<typeof spec>): Promise<Watched> => {
    const watched = await watch(runner, spec(...args))
    started.push(watched)
    return watched
  }
  afterEach(async () => {
    for (const { contained } of started.splice(0)) await contained.kill()
  })

  it('says which level is in force', async () => {
    const { contained } = await start('true')
    expect(contained.level).toBe(level)
    expect((await runner.probe()).level).toBe(level)
    expect(await contained.exit).toEqual({ code: 0, signal: null })
  })

  const hostile = ['double-fork.sh', 'setsid.sh', 'hundred-children.sh', 'keep-session.sh']
  const minimum: Record<string, number> = { 'hundred-children.sh': 100 }

  it.each(hostile)('kill leaves nothing of %s', async (name) => {
    const seconds = uniqueSeconds()
    const { contained, line } = await start(fixture(name), [seconds])
    await line('ready')
    await eventually(
      () => processesWith(seconds).length,
      (count) => count >= (minimum[name] ?? 2),
    )
    await contained.kill()
    expect(processesWith(seconds)).toEqual([])
    expect(await contained.exit).toEqual({ code: null, signal: 'SIGKILL' })
  })

  it.each(hostile)('stop leaves nothing of %s', async (name) => {
    const seconds = uniqueSeconds()
    const { contained, line } = await start(fixture(name), [seconds])
    await line('ready')
    await contained.stop(5000)
    expect(processesWith(seconds)).toEqual([])
    await contained.exit
  })

  it('kills what the program leaves behind, which does not delay the end', async () => {
    const seconds = uniqueSeconds()
    const { contained, stdout } = await start(fixture('leave-behind.sh'), [seconds])
    expect(await contained.exit).toEqual({ code: 3, signal: null })
    expect(stdout).toEqual(['left behind'])
    expect(processesWith(seconds)).toEqual([])
  })

  it('kills a family that replaces its only process all the time', async () => {
    const seconds = uniqueSeconds()
    // With a new session each time it is beyond what sweeps can promise.
    const how = level === 'group' ? '' : 'setsid'
    const script = 'sh "$0" "$1" 4000 "$2"; sleep "$1"; :'
    const { contained, line } = await start('sh', ['-c', script, fixture('fork-forever.sh'), seconds, how])
    await line('ready')
    await contained.kill()
    expect(processesWith(seconds)).toEqual([])
  })

  it('stop lets the program clean up', async () => {
    const { contained, line, stdout } = await start(fixture('obey-term.mjs'))
    await line('ready')
    await contained.stop(10_000)
    expect(await contained.exit).toEqual({ code: 7, signal: null })
    expect(stdout).toEqual(['ready', 'cleaned up'])
  })

  it('stop kills a program that ignores TERM when the grace is over', async () => {
    const { contained, line, stdout } = await start(fixture('ignore-term.mjs'))
    await line('ready')
    await contained.stop(100)
    expect(await contained.exit).toEqual({ code: null, signal: 'SIGKILL' })
    expect(stdout).toContain('ignored SIGTERM')
  })

  it('stop and kill right after the start leave nothing', async () => {
    for (const how of ['stop', 'kill'] as const) {
      const seconds = uniqueSeconds()
      const { contained } = await start(fixture('setsid.sh'), [seconds])
      await (how === 'stop' ? contained.stop(2000) : contained.kill())
      expect(processesWith(seconds)).toEqual([])
      await contained.exit
    }
  })

  it('kill and stop may be called at any time, and together', async () => {
    const { contained, line } = await start(fixture('ignore-term.mjs'))
    await line('ready')
    await Promise.all([contained.stop(60_000), contained.kill(), contained.kill()])
    await contained.exit
    await contained.kill()
    await contained.stop(0)
  })

  it('gives the program its arguments, environment, folder and input as they are', async () => {
    const env = { PATH: process.env['PATH'] ?? '', ODD: 'a b\n"c"$d', SHLVL: '7' }
    const args = ['', 'two words', '--', '$HOME', 'ä']
    const what = spec(fixture('print.mjs'), args, { env, cwd: '/usr', stdin: 'x'.repeat(100_000) })
    const { contained, stdout } = await watch(runner, what)
    await contained.exit
    const seen = JSON.parse(stdout[0] ?? '')
    expect(seen).toEqual({
      args,
      cwd: '/usr',
      stdin: 100_000,
      env: { ...env, PWD: '/usr', GUMP_CONTAINER: what.container },
    })
  })

  it('leaves the program no descriptor but the standard ones', async () => {
    const script = 'for f in /proc/self/fd/*; do [ -e "$f" ] && readlink "$f"; done'
    const { contained, stdout } = await start('/bin/sh', ['-c', script])
    await contained.exit
    expect(stdout.filter((line) => line.startsWith('socket:'))).toEqual([])
  })

  it('reports the exit code, and death by a signal', async () => {
    const ended = await start('/bin/sh', ['-c', 'exit 42'])
    expect(await ended.contained.exit).toEqual({ code: 42, signal: null })
    const crashed = await start('/bin/sh', ['-c', 'kill -SEGV $$'])
    const expected = level === 'namespace' ? { code: 139, signal: null } : { code: null, signal: 'SIGSEGV' }
    expect(await crashed.contained.exit).toEqual(expected)
  })

  it('refuses an id that is in use', async () => {
    const what = spec('sleep', ['1000'])
    const { contained } = await watch(runner, what)
    await expect(runner.start(what)).rejects.toMatchObject({ code: 'GUMP-X001' })
    await contained.kill()
    await contained.exit
    const again = await watch(runner, { ...what, file: 'true', args: [] })
    expect((await again.contained.exit).code).toBe(0)
  })

  it('kills many containers at once, each its own', async () => {
    const seconds = uniqueSeconds()
    const survivor = await start(fixture('setsid.sh'), [`${seconds}9`])
    const others = await Promise.all(
      Array.from({ length: 8 }, () => start(fixture('setsid.sh'), [`${seconds}1`])),
    )
    await Promise.all([survivor, ...others].map(({ line }) => line('ready')))
    await Promise.all(others.map(({ contained }) => contained.kill()))
    expect(processesWith(`${seconds}1`)).toEqual([])
    expect(processesWith(`${seconds}9`).length).toBeGreaterThan(0)
    await survivor.contained.kill()
    expect(processesWith(seconds)).toEqual([])
  })
})

describe('a program that clears its environment and leaves its session', () => {
  const byLevel = new Map(levels.map(({ level, runner }) => [level, runner]))

  for (const level of ['namespace', 'cgroup'] as const) {
    it.skipIf(!byLevel.has(level))(`is held by ${level}`, async () => {
      const seconds = uniqueSeconds()
      const { contained, line } = await watch(byLevel.get(level)!, spec(fixture('escape.sh'), [seconds]))
      await line('escaped')
      await contained.kill()
      expect(processesWith(seconds)).toEqual([])
    })
  }

  it('is out of reach by group, and does not delay the end', async () => {
    const seconds = uniqueSeconds()
    const { contained, line } = await watch(byLevel.get('group')!, spec(fixture('escape.sh'), [seconds]))
    await line('escaped')
    await contained.kill()
    // It still holds stdout open.
    expect(await contained.exit).toEqual({ code: null, signal: 'SIGKILL' })
    const escaped = processesWith(seconds)
    expect(escaped.length).toBeGreaterThan(0)
    for (const pid of escaped) process.kill(pid, 'SIGKILL')
    await eventually(
      () => processesWith(seconds),
      (pids) => pids.length === 0,
    )
  })
})
