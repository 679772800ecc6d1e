import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { bin } from './support/bin.js'
import { project, succeeds } from './support/workflows.js'
import { type Outcome, type World, world } from './support/world.js'

const mayMount = spawnSync('unshare', ['-m', 'mount', '--bind', '/tmp', '/tmp']).status === 0
const mayBecomeAnother = mayMount && spawnSync('setpriv', ['--reuid=65534', 'true']).status === 0

/** Runs gump in a mount namespace of its own, after some shell text; what that mounts is gone with it. */
function mounted(here: World, prepare: string, args: readonly string[]): Promise<Outcome> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: here.home, LC_ALL: 'C', REPO: here.repo.dir }
  const shell = `set -e; ${prepare}; exec "$0" "$@"`
  const child = spawn('unshare', ['-m', 'sh', '-c', shell, process.execPath, bin, ...args], {
    cwd: here.repo.dir,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => (texts[name] += chunk))
  }
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...texts })))
}

const readOnly = (path: string): string =>
  `mount --bind "${path}" "${path}"; mount -o remount,bind,ro "${path}"`
const full = (path: string): string =>
  `cp -a "${path}" "${path}.kept"; mount -t tmpfs -o size=600k none "${path}"; cp -a "${path}.kept/." "${path}/"; ` +
  `rm -rf "${path}.kept"; dd if=/dev/zero of="${path}/fill" bs=1k 2>/dev/null || :`

const start = ['run', 'one', '--spec', 'spec.md', '--allow-dirty']

/** Says what was done, where, why not, and what helps, and nowhere that it is a mistake in Gump. */
function expectRefusal(
  { code, stdout, stderr }: Outcome,
  wanted: RegExp,
  exit: readonly number[] = [1, 2],
): void {
  const said = `${stdout}${stderr}`
  expect(said).toMatch(wanted)
  expect(said).not.toMatch(/GUMP-R999|mistake in Gump|\n\s+at /u)
  expect(exit).toContain(code)
  const lines = stderr.trim().split('\n')
  expect(lines.length, 'a remedy follows the message').toBeGreaterThan(1)
}

describe.skipIf(!mayMount)('what the file system refuses (needs the right to mount)', () => {
  const cells: readonly { readonly what: string; readonly prepare: string; readonly wanted: RegExp }[] = [
    { what: 'a read-only repository', prepare: readOnly('$REPO'), wanted: /GUMP-S003 .*exclude.*read-only/u },
    { what: 'a read-only .git', prepare: readOnly('$REPO/.git'), wanted: /GUMP-S003 .*exclude.*read-only/u },
    {
      what: 'a read-only folder for runs',
      prepare: `mkdir -p $REPO/.gump/runs; ${readOnly('$REPO/.gump/runs')}`,
      wanted: /GUMP-L002 .*folder of the run failed: .*\.gump\/runs.*read-only/u,
    },
    { what: 'a full .git', prepare: full('$REPO/.git'), wanted: /GUMP-S001 .*no space is left/u },
    {
      what: 'a full folder for runs',
      prepare: 'mkdir -p $REPO/.gump/runs; mount -t tmpfs -o size=16k none $REPO/.gump/runs',
      wanted: /GUMP-L002 .*no space is left/u,
    },
  ]

  it.each(cells)('refuses a run: $what', async ({ prepare, wanted }) => {
    const here = world(project(succeeds))
    expectRefusal(await mounted(here, prepare, start), wanted)
    // Nothing is in the way of the same run once the cause is gone.
    expect((await here.gump(start)).code).toBe(0)
    expect(here.repo.git('status', '--porcelain')).toBe('')
  })

  it.each([
    ['home folder', readOnly('$HOME')],
    [
      'full home folder',
      'mount -t tmpfs -o size=4k none $HOME; dd if=/dev/zero of=$HOME/fill bs=1k 2>/dev/null || :',
    ],
  ])('does without its caches: a read-only or %s', async (_what, prepare) => {
    const here = world(project(succeeds))
    const { code, stderr } = await mounted(here, prepare, start)
    expect([code, stderr]).toEqual([0, ''])
  })

  it('keeps a run that gc cannot remove, and says why', async () => {
    const here = world(project(succeeds))
    await here.gump(start)
    const { code, stdout } = await mounted(here, readOnly('$REPO/.gump/runs'), ['gc', '--yes'])
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/stays +GUMP-S003: removing the run failed: .*read-only/u),
    ])
    expect((await here.gump(['report'])).code).toBe(0)
  })
})

describe.skipIf(!mayBecomeAnother)('what an ordinary user may not do (needs root, to become one)', () => {
  it('names the path and the remedy', async () => {
    const here = world(project(succeeds))
    chmodSync(here.home, 0o777)
    for (const dir of [dirname(here.repo.dir), here.repo.dir]) chmodSync(dir, 0o755)
    writeFileSync(join(here.home, '.gitconfig'), '[safe]\n\tdirectory = *\n')
    const become = 'exec setpriv --reuid=65534 --regid=65534 --clear-groups'
    const outcome = await mounted(here, `${become} "$0" "$@"`, start)
    expectRefusal(outcome, /GUMP-S002 .*exclude.*permission denied/u)
    const set = await mounted(here, `${become} "$0" "$@"`, ['config', 'set', 'default_agent', 'codex'])
    expectRefusal(set, /GUMP-C008 .*gump\.toml.*permission denied/u)
  })
})

describe('what stands in the place of something else', () => {
  interface Cell {
    readonly what: string
    readonly put: (here: World) => void
    readonly args: readonly string[]
    readonly wanted: RegExp
  }
  const file = (path: string) => (here: World) => {
    rmSync(join(here.repo.dir, path), { recursive: true, force: true })
    writeFileSync(join(here.repo.dir, path), 'x')
  }
  const folder = (path: string) => (here: World) => {
    rmSync(join(here.repo.dir, path), { recursive: true, force: true })
    mkdirSync(join(here.repo.dir, path))
  }
  const link = (path: string, to: string) => (here: World) => {
    rmSync(join(here.repo.dir, path), { recursive: true, force: true })
    symlinkSync(to, join(here.repo.dir, path))
  }
  const inRun = (name: string) => (here: World) => {
    const runs = join(here.repo.dir, '.gump/runs')
    const [id = ''] = readdirSync(runs).filter((entry) => entry.startsWith('0'))
    rmSync(join(runs, id, name), { recursive: true, force: true })
    mkdirSync(join(runs, id, name), { recursive: true })
  }
  const listing = /GUMP-S005 .*(?:listing the runs|\.gump\/runs).*not a folder/u
  const cells: readonly Cell[] = [
    {
      what: 'a file for .gump/runs',
      put: file('.gump/runs'),
      args: start,
      wanted: /GUMP-L002 .*\.gump\/runs/u,
    },
    ...['status', 'runs', 'report', 'apply', 'gc', 'stats'].map((command) => ({
      what: `a file for .gump/runs, at ${command}`,
      put: file('.gump/runs'),
      args: [command],
      wanted: listing,
    })),
    { what: 'a file for .gump', put: file('.gump'), args: ['status'], wanted: listing },
    {
      what: 'a folder for gump.toml',
      put: folder('gump.toml'),
      args: ['status'],
      wanted: /GUMP-C001 .*is a folder/u,
    },
    {
      what: 'a folder for the spec',
      put: folder('spec.md'),
      args: start,
      wanted: /GUMP-P007 .*is a folder/u,
    },
    {
      what: 'a dangling link for the spec',
      put: link('spec.md', '/nowhere/x'),
      args: start,
      wanted: /GUMP-P007/u,
    },
    {
      what: 'a circle of links for the spec',
      put: link('spec.md', 'spec.md'),
      args: start,
      wanted: /GUMP-P007/u,
    },
    {
      what: 'a folder for the workflow',
      put: folder('.gump/workflows/one.yaml'),
      args: start,
      wanted: /GUMP-W064 .*not a regular file/u,
    },
    {
      what: 'a circle of links for the workflow',
      put: link('.gump/workflows/one.yaml', 'one.yaml'),
      args: start,
      wanted: /GUMP-W064 .*never ends/u,
    },
  ]

  it.each(cells)('is named with a remedy: $what', async ({ put, args, wanted }) => {
    const here = world(project(succeeds))
    put(here)
    expectRefusal(await here.gump(args), wanted)
  })

  it('is named with a remedy: a folder of workflows that leads out of the repository', async () => {
    const here = world(project(succeeds))
    here.atHome('elsewhere/one.yaml', 'name: one\nsteps: [{name: a, gate: [{bash: "true"}]}]\n')
    link('.gump/workflows', join(here.home, 'elsewhere'))(here)
    const refused = /GUMP-W064 .*\.gump\/workflows is a link that leaves the repository/u
    for (const args of [start, ['playbook', 'list']]) expectRefusal(await here.gump(args), refused)
    expect(await here.gump(['playbook', 'validate', 'one'])).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/one: 1 mistake/u),
    })
    // What stays inside is no way out, and the user's own folder may be anywhere.
    here.repo.write('flows/one.yaml', 'name: one\nsteps: [{name: a, gate: [{bash: "true"}]}]\n')
    link('.gump/workflows', '../flows')(here)
    expect((await here.gump(['playbook', 'validate', 'one'])).code).toBe(0)
    rmSync(join(here.repo.dir, '.gump/workflows'))
    mkdirSync(join(here.home, '.gump'), { recursive: true })
    symlinkSync(join(here.home, 'elsewhere'), join(here.home, '.gump/workflows'))
    expect((await here.gump(['playbook', 'validate', 'one'])).code).toBe(0)
  })

  it('is named with a remedy: a file where worktrees go', async () => {
    const here = world(project(succeeds))
    const beside = join(dirname(here.repo.dir), `${basename(here.repo.dir)}.gump`)
    writeFileSync(beside, 'x')
    writeFileSync(join(here.home, 'gump-worktrees'), 'x')
    try {
      expectRefusal(await here.gump(start), /GUMP-(?:G017|S005) .*(?:\.gump|gump-worktrees)/u)
    } finally {
      rmSync(beside)
    }
  })

  it('is no obstacle to looking: folders in the place of a ledger and of inputs', async () => {
    const here = world(project(succeeds))
    await here.gump(start)
    inRun('inputs')(here)
    expectRefusal(await here.gump(['run', '--replay', '--from-step', 'impl']), /GUMP-L014/u)
    expect((await here.gump(['report'])).code).toBe(0)
    inRun('manifest.ndjson')(here)
    const { code, stdout } = await here.gump(['status'])
    expect([code, stdout]).toEqual([0, expect.stringContaining('unreadable (EISDIR)')])
    expectRefusal(await here.gump(['apply']), /GUMP-L005/u)
    expect(here.repo.git('branch', '--list', 'gump/*')).not.toBe('')
  })

  it('is said of a report that has nowhere to go, with what helps there', async () => {
    const here = world(project(succeeds))
    await here.gump(start)
    const outcome = await here.gump(['report', '--html', join(here.home, 'nowhere/x.html')])
    expectRefusal(outcome, /GUMP-C008 .*nowhere\/x\.html: it does not exist/u)
    expect(outcome.stderr).toContain('Restore what the message names')
    expect(existsSync(join(here.home, 'nowhere'))).toBe(false)
  })
})

describe('a folder of runs that is removed while a run works', () => {
  it('stops the run, names what is gone, and leaves the work on its branch', async () => {
    const removes = 'rm -rf "$(git rev-parse --path-format=absolute --git-common-dir)/../.gump/runs"'
    const here = world({
      ...project(succeeds),
      '.gump/workflows/one.yaml': `name: one\nsteps:\n  - {name: impl, type: code, agent: scripted, prompt: go, gate: [{bash: '${removes}'}]}\n  - {name: next, type: code, agent: scripted, prompt: go}\n`,
    })
    const outcome = await here.gump([...start, '--sandbox', 'off'])
    expectRefusal(outcome, /GUMP-L013/u, [1])
    expect(existsSync(join(here.repo.dir, '.gump/runs'))).toBe(false)
    const { code, stdout } = await here.gump(['status'])
    expect([code, stdout]).toEqual([0, expect.stringContaining('lost')])
    expect(here.repo.git('branch', '--list', 'gump/*')).not.toBe('')
  })
})

describe('limits of the process', () => {
  it('are named with what raises them', async () => {
    const here = world(project(succeeds))
    const said: string[] = []
    // How many files Node opens itself depends on its version: below that it fails before Gump begins.
    for (const limit of [24, 28, 32, 36, 40, 48]) {
      const { stderr } = spawnSync(
        'sh',
        ['-c', `ulimit -n ${limit}; exec "$0" "$@"`, process.execPath, bin, 'status'],
        {
          cwd: here.repo.dir,
          env: { PATH: process.env['PATH'] ?? '', HOME: here.home },
          encoding: 'utf8',
          timeout: 30_000,
        },
      )
      said.push(stderr)
    }
    expect(said).toContainEqual(expect.stringMatching(/GUMP-S006 .*too many files are open[^]*ulimit -n/u))
    expect(said.filter((text) => text.includes('GUMP-R999'))).toEqual([])
  })
})
