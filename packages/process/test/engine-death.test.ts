import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ContainedProcess, ContainmentLevel, ProcessSpec } from '@gump/process'
import { readProcessStat } from '../src/kernel/process-stat.js'
import { bundle } from './support/bundle.js'
import { availableLevels, fixture, spec, testRunner } from './support/containers.js'
import { eventually, processesWith, uniqueSeconds } from './support/processes.js'

const levels = (await availableLevels()).map(({ level }) => level)
let built: Awaited<ReturnType<typeof bundle>>
/** An engine that is killed while it makes pipes may leave their folder. */
let tempDir = ''
beforeAll(async () => {
  built = await bundle()
  tempDir = await mkdtemp(join(tmpdir(), 'gump-engines-'))
})
afterAll(async () => {
  await rm(built.folder, { recursive: true })
  await rm(tempDir, { recursive: true })
})

const engines: ChildProcess[] = []
afterEach(() => {
  for (const engine of engines.splice(0)) engine.kill('SIGKILL')
})

interface Engine {
  readonly child: ChildProcess
  readonly containers: Pick<ContainedProcess, 'identity' | 'level'>[]
}

/** Starts a process that plays the engine, and waits until its programs are ready. */
async function startEngine(
  level: ContainmentLevel,
  specs: ProcessSpec[],
  env?: Record<string, string>,
): Promise<Engine> {
  const input = JSON.stringify({ options: { forceLevel: level, tempDir }, specs })
  const args = [fixture('engine.mjs'), built.file, input]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  engines.push(child)
  const [line] = await once(child.stdout!, 'data')
  return { child, containers: JSON.parse(String(line)) }
}

/** The reapers of an engine that still lives: other tests have theirs. */
function reapersOf(engine: ChildProcess): number[] {
  return processesWith('gump-reaper').filter((pid) => readProcessStat(pid)?.parent === engine.pid)
}

describe.each(levels)('SIGKILL of an engine with containers at level %s', (level) => {
  it.each(['setsid.sh', 'double-fork.sh', 'hundred-children.sh'])('leaves nothing of %s', async (name) => {
    const seconds = uniqueSeconds()
    const { child } = await startEngine(level, [spec(fixture(name), [seconds])])
    await eventually(
      () => processesWith(seconds).length,
      (count) => count >= 2,
    )
    child.kill('SIGKILL')
    await once(child, 'exit')
    await eventually(
      () => processesWith(seconds),
      (pids) => pids.length === 0,
    )
  })

  it('leaves nothing of several containers, nor a reaper', async () => {
    const seconds = uniqueSeconds()
    const specs = [1, 2, 3].map(() => spec(fixture('setsid.sh'), [seconds]))
    const { child } = await startEngine(level, specs)
    const own = reapersOf(child)
    expect(own.length).toBe(1)
    child.kill('SIGKILL')
    await once(child, 'exit')
    await eventually(
      () => processesWith(seconds),
      (pids) => pids.length === 0,
    )
    await eventually(
      () => processesWith('gump-reaper').filter((pid) => own.includes(pid)),
      (pids) => pids.length === 0,
    )
  })

  it('leaves nothing of an engine that runs in a container itself', async () => {
    const seconds = uniqueSeconds()
    const { child } = await startEngine(level, [spec(fixture('setsid.sh'), [seconds])], {
      GUMP_CONTAINER: 'outer',
    })
    child.kill('SIGKILL')
    await once(child, 'exit')
    await eventually(
      () => processesWith(seconds),
      (pids) => pids.length === 0,
    )
  })

  it('in the middle of starting leaves nothing', async () => {
    const seconds = uniqueSeconds()
    const input = JSON.stringify({
      options: { forceLevel: level, tempDir },
      specs: Array.from({ length: 20 }, () => spec(fixture('setsid.sh'), [seconds])),
    })
    const child = spawn(process.execPath, [fixture('engine.mjs'), built.file, input], {
      stdio: 'ignore',
      env: { ...process.env },
    })
    engines.push(child)
    await eventually(
      () => processesWith(seconds).filter((pid) => pid !== child.pid).length,
      (count) => count >= 3,
    )
    child.kill('SIGKILL')
    await once(child, 'exit')
    await eventually(
      () => processesWith(seconds),
      (pids) => pids.length === 0,
    )
  })

  it('a normal end of the engine leaves nothing either', async () => {
    const seconds = uniqueSeconds()
    const { child } = await startEngine(level, [spec(fixture('setsid.sh'), [seconds])])
    child.kill('SIGTERM')
    await once(child, 'exit')
    await eventually(
      () => processesWith(seconds),
      (pids) => pids.length === 0,
    )
  })
})

describe.each(levels)('killLeftovers at level %s', (level) => {
  const runner = testRunner()

  /** An engine whose reaper was killed first: everything is left except what the kernel takes itself. */
  const abandon = async (seconds: string): Promise<Engine> => {
    const engine = await startEngine(level, [spec(fixture('setsid.sh'), [seconds])])
    await eventually(
      () => processesWith(seconds).length,
      (count) => count >= 2,
    )
    // Stopped rather than killed, or the engine would start another.
    const own = reapersOf(engine.child)
    for (const pid of own) process.kill(pid, 'SIGSTOP')
    engine.child.kill('SIGKILL')
    await once(engine.child, 'exit')
    for (const pid of own) process.kill(pid, 'SIGKILL')
    return engine
  }

  it('kills what the reaper could not, and nothing else', async () => {
    const seconds = uniqueSeconds()
    const { containers } = await abandon(seconds)
    const identity = containers[0]!.identity
    const other = uniqueSeconds()
    const bystander = await runner.start(spec(fixture('setsid.sh'), [other]))
    if (level === 'namespace') {
      // The kernel was faster.
      await eventually(
        () => processesWith(seconds),
        (pids) => pids.length === 0,
      )
      expect(await runner.killLeftovers(identity.container, [identity])).toBe(0)
    } else {
      expect(processesWith(seconds).length).toBeGreaterThanOrEqual(2)
      expect(await runner.killLeftovers(identity.container, [identity])).toBeGreaterThanOrEqual(2)
      expect(processesWith(seconds)).toEqual([])
      expect(await runner.killLeftovers(identity.container, [identity])).toBe(0)
    }
    await bystander.kill()
  })

  it('needs no more than the id', async () => {
    const seconds = uniqueSeconds()
    const { containers } = await abandon(seconds)
    await runner.killLeftovers(containers[0]!.identity.container)
    await eventually(
      () => processesWith(seconds),
      (pids) => pids.length === 0,
    )
  })
})

it('killLeftovers kills whatever carries the id of an owner or of something that is the owner’s', async () => {
  const owner = `run-${uniqueSeconds()}`
  const start = (container: string): ChildProcess => {
    const child = spawn('sleep', ['1000'], {
      detached: true,
      stdio: 'ignore',
      env: { GUMP_CONTAINER: container },
    })
    engines.push(child)
    return child
  }
  const own = [start(owner), start(`${owner}/step.gate`), start(`${owner}/step.gate.2`)]
  const other = start(`${owner}-2/step.gate`)
  expect(await testRunner().killLeftovers(owner)).toBe(own.length)
  await eventually(
    () => own.map(({ signalCode }) => signalCode),
    (signals) => signals.every((signal) => signal === 'SIGKILL'),
  )
  expect(other.exitCode ?? other.signalCode).toBeNull()
})

it('killLeftovers spares a process that got the pid of another', async () => {
  const innocent = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' })
  engines.push(innocent)
  const identity = { container: 'long-gone', pid: innocent.pid!, pidStart: '1' }
  expect(await testRunner().killLeftovers(identity.container, [identity])).toBe(0)
  expect(innocent.exitCode ?? innocent.signalCode).toBeNull()
  expect(process.kill(innocent.pid!, 0)).toBe(true)
})

it('killLeftovers kills by pid when the start time agrees, also without a marker', async () => {
  const { startedAt } = await import('@gump/process')
  const unmarked = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore', env: {} })
  engines.push(unmarked)
  const pid = unmarked.pid!
  const known = { container: 'unmarked', pid, pidStart: startedAt(pid)! }
  expect(await testRunner().killLeftovers('run', [known])).toBe(1)
  if (unmarked.signalCode === null) await once(unmarked, 'exit')
  expect(unmarked.signalCode).toBe('SIGKILL')
})
