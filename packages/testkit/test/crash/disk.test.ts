import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine, FaultPoint } from '@gump/engine'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { containmentLevels, type Scenario, slowScenario } from '../../src/crash/index.js'
import { survivors } from '../../src/crash/leftovers.js'
import { openScenarioEngine } from '../../src/crash/open-engine.js'
import { makeScenarioRepository } from '../../src/crash/scenario-repository.js'

let top = ''
let repo = ''
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'gump-disk-'))
  repo = join(top, 'repo')
  makeScenarioRepository(repo)
})
afterEach(() => rmSync(top, { recursive: true, force: true }))

const { available } = await containmentLevels()
const [processes = 'group'] = available

/** Agents are real processes; the first launch runs until it is killed, unless it is in a hurry. */
function open(scenario: Scenario, fault?: FaultPoint, hurry = false): Engine {
  return openScenarioEngine({ repo, scenario, processes, hurry, ...(fault === undefined ? {} : { fault }) })
}

/** Nothing of the run continues, every status is true, and once the cause is gone it continues from where it was. */
async function expectRecovery(
  scenario: Scenario,
  run: { readonly id: string; readonly dir: string },
): Promise<void> {
  expect(await survivors(`GUMP_CONTAINER=${run.id}/`, 5000)).toEqual([])
  const engine = open(scenario, undefined, true)
  expect(await engine.find(run.id)).toMatchObject({ status: 'interrupted', ownerPid: null })
  const written = readFileSync(join(run.dir, 'manifest.ndjson'), 'utf8')
  expect(written.endsWith('\n')).toBe(true)
  const result = await (await engine.resume({ run: run.id })).result
  expect(result.status).toBe('passed')
  expect(git('show', `${result.commit}:src/alpha.js`)).toBe('alpha works\n')
  expect(readFileSync(join(run.dir, 'manifest.ndjson'), 'utf8').startsWith(written)).toBe(true)
  await engine.close()
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: repo, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

describe('an append that the disk refuses ends the run, and loses nothing that was written', () => {
  it.each([
    ['agent_launching', 'ENOSPC', 'slow'],
    ['agent_launched', 'EIO', 'slow'],
    ['session_started', 'EROFS', 'slow'],
    ['turn_completed', 'ENOSPC', 'slow'],
    ['agent_completed', 'EIO', 'quick'],
    ['snapshot_created+output_collected', 'ENOSPC', 'quick'],
    ['gate_started', 'EROFS', 'quick'],
    ['gate_passed', 'ENOSPC', 'quick'],
    ['step_completed+state_updated', 'EIO', 'quick'],
    ['run_completed', 'ENOSPC', 'quick'],
  ])('%s: %s', async (append, code, speed) => {
    const engine = open(
      slowScenario,
      (point) => {
        if (point === `append:${append}:torn`) throw Object.assign(new Error('refused'), { code })
      },
      speed === 'quick',
    )
    const run = await engine.start({ workflow: 'freeform', spec: 'spec.md' })
    await expect(run.result).rejects.toMatchObject({ code: 'GUMP-L002', data: { errno: code } })
    await engine.close()
    await expectRecovery(slowScenario, run)
  })
})

it('a run that cannot write its first line says so, and the next one begins', async () => {
  const engine = open(slowScenario, (point) => {
    if (point === 'append:run_started:torn') throw Object.assign(new Error('refused'), { code: 'ENOSPC' })
  })
  const start = engine.start({ workflow: 'freeform', spec: 'spec.md' })
  await expect(start).rejects.toMatchObject({ code: 'GUMP-L002' })
  await expect(engine.resume({ run: 'latest' })).rejects.toMatchObject({ code: 'GUMP-L005' })
  await engine.close()
  const again = open(slowScenario, undefined, true)
  const run = await again.start({ workflow: 'freeform', spec: 'spec.md' })
  expect(await run.result).toMatchObject({ status: 'passed' })
  await again.close()
})

/** Many turns, so that the ledger needs another page of the disk while the agent is at work. */
const talkative: Scenario = {
  ...slowScenario,
  script: slowScenario.script.replace('do: [', `do: [${'turn, '.repeat(60)}`),
}

const mounted = process.platform === 'linux' && process.getuid?.() === 0 && canMount()

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'gump-mount-'))
  try {
    mount(folder)
    unmount(folder)
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function mount(folder: string, size = '512k'): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'gump-test', folder], {
    stdio: 'pipe',
  })
}

function unmount(folder: string): void {
  execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' })
}

/** Leaves not a byte; returns what frees them. */
function fill(folder: string): () => void {
  const fillers = join(folder, '.fillers')
  mkdirSync(fillers)
  for (let n = 0, size = 2 ** 20; size > 0; n += 1) {
    try {
      writeFileSync(join(fillers, String(n)), Buffer.alloc(size))
    } catch {
      size = Math.floor(size / 2)
    }
  }
  return () => rmSync(fillers, { recursive: true })
}

// Mounting needs root; the appends above are refused by hand everywhere.
describe.runIf(mounted)('a disk that really is full', () => {
  let runs = ''
  beforeEach(() => {
    runs = join(repo, '.gump', 'runs')
    mkdirSync(runs, { recursive: true })
    mount(runs)
  })
  afterEach(() => unmount(runs))

  it('while an agent is at work', async () => {
    let free: (() => void) | undefined
    const engine = open(talkative, (point) => {
      if (point === 'append:turn_completed:before') free ??= fill(runs)
    })
    const run = await engine.start({ workflow: 'freeform', spec: 'spec.md' })
    await expect(run.result).rejects.toMatchObject({ code: 'GUMP-L002' })
    await engine.close()
    free?.()
    await expectRecovery(talkative, run)
  })

  it('before a run has begun', async () => {
    fill(runs)
    const engine = open(slowScenario)
    const start = engine.start({ workflow: 'freeform', spec: 'spec.md' })
    await expect(start).rejects.toMatchObject({ code: 'GUMP-L002' })
    expect(await engine.runs()).toEqual([])
    await engine.close()
  })
})

describe.runIf(mounted)('a disk that is full with everything on it', () => {
  let place = ''
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'gump-disk-'))
    mount(place, '4m')
    repo = join(place, 'repo')
    makeScenarioRepository(repo)
  })
  afterEach(() => {
    unmount(place)
    rmSync(place, { recursive: true, force: true })
  })

  it.each([
    'create:inputs',
    'git:checkout:before',
    'git:empty-out:before',
    'git:stage:before',
    'git:write-commit:before',
    'append:gate_started:before',
    'git:promote-ref:before',
    'end:index',
  ])('from %s on', async (moment) => {
    let free: (() => void) | undefined
    const engine = open(
      slowScenario,
      (point) => {
        if (point === moment) free ??= fill(place)
      },
      true,
    )
    const request = { workflow: 'freeform', spec: 'spec.md' }
    const ended = await engine
      .start(request)
      .then((run) => run.result.then(({ status }) => status, failure), failure)
    await engine.close()
    expect(free).toBeDefined()
    free?.()

    // The result is reported as it is, and the run can be resumed.
    const again = open(slowScenario, undefined, true)
    const [run] = await again.runs()
    expect(run?.status ?? 'interrupted').toBe(ended)
    if (ended !== 'passed') {
      const hasBegun = run !== undefined && run.workflow !== '?'
      const next = await (hasBegun ? again.resume({ run: run.id }) : again.start(request))
      expect(await next.result).toMatchObject({ status: 'passed' })
    }
    const [last] = await again.runs()
    expect(git('show', `gump/run-${last?.id}:src/alpha.js`)).toBe('alpha works\n')
    await again.close()
  })
})

/** A run that threw has to read as interrupted; it must have said that it was the disk. */
function failure(error: unknown): 'interrupted' {
  expect(error).toMatchObject({ code: 'GUMP-L002' })
  return 'interrupted'
}
