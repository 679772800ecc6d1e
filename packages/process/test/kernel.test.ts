import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bootId, isAlive, startedAt } from '@gump/process'
import { cgroupFolder } from '../src/containment/cgroup-folder.js'
import { isMarked, parsePs } from '../src/kernel/members-darwin.js'
import { parseProcessStat } from '../src/kernel/process-stat.js'
import { eventually } from './support/processes.js'

const FIELDS = 'S 7 42 43 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765 2600960 400 184467'

describe('parseProcessStat', () => {
  it('is not confused by the name of the command', () => {
    const names = fc.string({ unit: fc.constantFrom('a', ' ', '(', ')', '\n', ') S 1'), maxLength: 8 })
    fc.assert(
      fc.property(names, (name) => {
        expect(parseProcessStat(`12 (${name}) ${FIELDS}\n`)).toEqual({
          pid: 12,
          state: 'S',
          parent: 7,
          group: 42,
          session: 43,
          start: '98765',
          memory: 2600960,
        })
      }),
    )
  })

  it('refuses what is not a record', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseProcessStat(text)).toBeUndefined()
      }),
    )
    expect(parseProcessStat('12 (x) S 7 42')).toBeUndefined()
  })
})

describe('the identity of a process', () => {
  it('holds while the process runs, and for no other', async () => {
    const child = spawn('sleep', ['1000'], { stdio: 'ignore' })
    const pid = child.pid!
    const pidStart = startedAt(pid)!
    expect(pidStart).toMatch(/^\d+$/)
    expect(isAlive({ pid, pidStart })).toBe(true)
    expect(startedAt(pid)).toBe(pidStart)
    expect(isAlive({ pid, pidStart: `${pidStart}0` })).toBe(false)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(isAlive({ pid, pidStart })).toBe(false)
    expect(startedAt(pid)).toBeUndefined()
  })

  it.skipIf(process.platform !== 'linux')('a zombie does not live', async () => {
    // The shell becomes a program that never looks after the child it inherits.
    const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 1000'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [line] = await once(parent.stdout, 'data')
    const pid = Number(String(line))
    const pidStart = startedAt(pid)
    await eventually(
      () => (pidStart === undefined ? false : isAlive({ pid, pidStart })),
      (alive) => !alive,
    )
    parent.kill('SIGKILL')
    await once(parent, 'exit')
  })

  it('takes nonsense for a process that is not there', () => {
    for (const pid of [0, -1, 1.5, Number.NaN, 2 ** 40]) {
      expect(startedAt(pid)).toBeUndefined()
      expect(isAlive({ pid, pidStart: '1' })).toBe(false)
    }
  })
})

it('bootId is the same all the time', () => {
  expect(bootId()).toMatch(/^[\dA-Fa-f-]{36}$/)
  expect(bootId()).toBe(bootId())
})

describe('cgroupFolder', () => {
  const line = (root: string, point: string, type: string): string =>
    `41 31 0:38 ${root} ${point} rw,relatime shared:9 - ${type} ${type} rw`

  it('finds our cgroup in a unified, a hybrid and a private hierarchy', () => {
    expect(cgroupFolder('0::/user.slice/a.scope\n', line('/', '/sys/fs/cgroup', 'cgroup2'))).toBe(
      '/sys/fs/cgroup/user.slice/a.scope',
    )
    const hybrid = [
      line('/', '/sys/fs/cgroup/pids', 'cgroup'),
      line('/', '/sys/fs/cgroup/unified', 'cgroup2'),
    ].join('\n')
    expect(cgroupFolder('8:pids:/x\n0::/\n', hybrid)).toBe('/sys/fs/cgroup/unified')
    expect(cgroupFolder('0::/docker/1/a\n', line('/docker/1', '/mnt/with\\040blank', 'cgroup2'))).toBe(
      '/mnt/with blank/a',
    )
  })

  it('finds none in version 1, and none outside what is mounted', () => {
    expect(cgroupFolder('8:pids:/x\n', line('/', '/sys/fs/cgroup/pids', 'cgroup'))).toBeUndefined()
    expect(cgroupFolder('0::/x\n', line('/', '/sys/fs/cgroup/pids', 'cgroup'))).toBeUndefined()
    expect(cgroupFolder('0::/other\n', line('/docker/1', '/sys/fs/cgroup', 'cgroup2'))).toBeUndefined()
  })
})

describe('the listing of ps on macOS', () => {
  it('is read line by line', () => {
    const text = '  501   500 S    sleep 5 PATH=/bin GUMP_CONTAINER=c-1\n  502   500 Z+   (sh)\nnonsense\n'
    expect(parsePs(text)).toEqual([
      { pid: 501, group: 500, state: 'S', command: 'sleep 5 PATH=/bin GUMP_CONTAINER=c-1' },
      { pid: 502, group: 500, state: 'Z+', command: '(sh)' },
    ])
  })

  it('has a marker only as a whole word', () => {
    const [container, withInner] = ['c-1', true]
    expect(isMarked('a GUMP_CONTAINER=c-1', { container })).toBe(true)
    expect(isMarked('a GUMP_CONTAINER=c-10 b', { container, withInner })).toBe(false)
    expect(isMarked('a XGUMP_CONTAINER=c-1 b', { container, withInner })).toBe(false)
    expect(isMarked('a GUMP_CONTAINER=c-1/x', { container })).toBe(false)
    expect(isMarked('a GUMP_CONTAINER=c-1/x', { container, withInner })).toBe(true)
  })
})
