import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { GitWorkspace, Snapshot, Worktree } from '../src/index.js'
import { filtersOf } from './support/run-filters.js'
import {
  describing,
  filesOf,
  type TemporaryRepository,
  temporaryRepository,
} from './support/temporary-repository.js'

const fileProtocol = ['-c', 'protocol.file.allow=always'] as const

/** A repository with a submodule at `vendor/lib`, which has one of its own at `deep`: made once, and copied. */
let made = ''

beforeAll(() => {
  made = realpathSync(mkdtempSync(join(tmpdir(), 'gump-submodules-')))
  const git = (cwd: string, ...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...fileProtocol, ...args], {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', HOME: made, GIT_CONFIG_NOSYSTEM: '1' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  for (const [name, files] of Object.entries({
    deep: { 'deep.txt': 'deep\n' },
    lib: { 'lib.c': 'lib\n', '.gitignore': 'ignored\n' },
    repo: { 'main.c': 'main\n' },
  })) {
    const dir = join(made, name)
    git(made, 'init', '-q', '-b', 'main', name)
    for (const [file, text] of Object.entries(files)) writeFileSync(join(dir, file), text)
    if (name === 'lib') git(dir, 'submodule', '--quiet', 'add', join(made, 'deep'), 'deep')
    if (name === 'repo') git(dir, 'submodule', '--quiet', 'add', join(made, 'lib'), 'vendor/lib')
    if (name === 'repo') git(dir, 'submodule', '--quiet', 'update', '--init', '--recursive')
    git(dir, 'add', '-A')
    git(dir, 'commit', '-qm', 'first')
  }
})
afterAll(() => rmSync(made, { recursive: true, force: true }))

function nested(): { outer: TemporaryRepository; lib: string; deep: string } {
  const outer = temporaryRepository()
  const top = join(outer.dir, '..')
  rmSync(outer.dir, { recursive: true })
  cpSync(made, top, { recursive: true, verbatimSymlinks: true })
  return { outer, lib: join(top, 'lib'), deep: join(top, 'deep') }
}

interface Opened {
  readonly workspace: GitWorkspace
  readonly worktree: Worktree
  readonly head: string
  readonly lib: string
  snapshot(n?: number): Promise<Snapshot>
  apply(snapshot: Snapshot): Promise<string>
}

async function open(outer: TemporaryRepository, submodules = true): Promise<Opened> {
  const workspace = await outer.open()
  const { head } = await workspace.facts()
  const worktree = await workspace.openWorktree({
    dir: '../work',
    branch: 'gump/run-r1',
    commit: head,
    submodules,
  })
  const snapshot = (n = 1): Promise<Snapshot> =>
    worktree.snapshot({ base: head, ref: `refs/gump/r1/impl/@1.${n}.1`, describe: describing('impl') })
  const apply = async ({ commit }: Snapshot): Promise<string> => {
    const describe = describing('impl', 'r1', 'pass')
    const tip = await worktree.promote({ from: head, snapshot: commit ?? '', describe })
    await workspace.apply({ runId: 'r1', commit: tip, mode: 'merge', describe: describing('apply') })
    await workspace.removeRun('r1')
    return tip
  }
  return { workspace, worktree, head, lib: join(worktree.dir, 'vendor/lib'), snapshot, apply }
}

const linkAt = (repo: TemporaryRepository, commit: string, path: string): string =>
  repo.git('rev-parse', `${commit}:${path}`).trim()

describe('a worktree with submodules', () => {
  test('has them checked out from what the user has, without a server', async () => {
    const { outer, lib, deep } = nested()
    for (const dir of [lib, deep]) rmSync(dir, { recursive: true })
    const { worktree, lib: place, snapshot } = await open(outer)
    expect(filesOf(place)['lib.c']).toBe('file lib\n')
    expect(readFileSync(join(place, 'deep/deep.txt'), 'utf8')).toBe('deep\n')
    expect(outer.gitIn(place, 'status', '--porcelain')).toBe('')
    expect(outer.gitIn(worktree.dir, 'status', '--porcelain')).toBe('')
    expect((await snapshot()).commit).toBeNull()
  })

  test('leaves them out when they are not asked for, or not there', async () => {
    const { outer } = nested()
    const { worktree, head, lib } = await open(outer, false)
    expect(existsSync(join(lib, 'lib.c'))).toBe(false)
    expect(await worktree.missingSubmodules(head)).toEqual(['vendor/lib'])
    await expect(worktree.differsFrom(head)).resolves.toBe(false)
  })
})

describe('what is recorded', () => {
  test('edits that nobody has committed, in nested ones too', async () => {
    const { outer } = nested()
    const { lib, snapshot, apply } = await open(outer)
    writeFileSync(join(lib, 'lib.c'), 'edited\n')
    writeFileSync(join(lib, 'deep/new.txt'), 'new\n')
    const taken = await snapshot()
    expect(taken.files.map(({ path }) => path)).toEqual(['vendor/lib'])
    await apply(taken)
    expect(outer.git('status', '--porcelain', '--ignore-submodules=none')).toBe('')
    expect(readFileSync(join(outer.dir, 'vendor/lib/lib.c'), 'utf8')).toBe('edited\n')
    expect(readFileSync(join(outer.dir, 'vendor/lib/deep/new.txt'), 'utf8')).toBe('new\n')
  })

  test('its changes are in the diff', async () => {
    const { outer } = nested()
    const { worktree, head, lib, snapshot } = await open(outer)
    writeFileSync(join(lib, 'lib.c'), 'edited\n')
    writeFileSync(join(lib, 'deep/new.txt'), 'new\n')
    const { commit } = await snapshot()
    const file = join(outer.home, 'diff.patch')
    await worktree.writeDiff(head, commit ?? '', file)
    const diff = readFileSync(file, 'utf8')
    expect(diff).toContain('-lib\n+edited\n')
    expect(diff).toContain('+++ b/vendor/lib/deep/new.txt\n')
  })

  test('commits of an agent keep their names, and survive the run', async () => {
    const { outer } = nested()
    const { lib, snapshot, apply } = await open(outer)
    writeFileSync(join(lib, 'lib.c'), 'committed\n')
    outer.gitIn(lib, 'commit', '-qam', 'in the submodule')
    const made = outer.gitIn(lib, 'rev-parse', 'HEAD').trim()
    const tip = await apply(await snapshot())
    expect(linkAt(outer, tip, 'vendor/lib')).toBe(made)
    outer.git('-C', 'vendor/lib', 'reflog', 'expire', '--expire=now', '--all')
    outer.git('-C', 'vendor/lib', 'checkout', '-q', 'main')
    outer.git('-C', 'vendor/lib', '-c', 'gc.pruneExpire=now', 'gc', '-q', '--prune=now')
    outer.git(...fileProtocol, 'submodule', 'update', '--no-fetch')
    expect(outer.git('-C', 'vendor/lib', 'rev-parse', 'HEAD').trim()).toBe(made)
  })

  test('a submodule that an agent adds', async () => {
    const { outer, deep } = nested()
    const { worktree, snapshot, apply } = await open(outer)
    outer.gitIn(worktree.dir, ...fileProtocol, 'submodule', '--quiet', 'add', deep, 'added')
    writeFileSync(join(worktree.dir, 'added/deep.txt'), 'changed\n')
    const tip = await apply(await snapshot())
    rmSync(deep, { recursive: true })
    outer.git('submodule', '--quiet', 'update', '--init', '--no-fetch', 'added')
    expect(readFileSync(join(outer.dir, 'added/deep.txt'), 'utf8')).toBe('changed\n')
    expect(outer.git('-C', 'added', 'rev-parse', 'HEAD').trim()).toBe(linkAt(outer, tip, 'added'))
  })

  test('one that an agent checks out itself', async () => {
    const { outer } = nested()
    const { worktree, lib, snapshot } = await open(outer, false)
    outer.gitIn(worktree.dir, ...fileProtocol, 'submodule', '--quiet', 'update', '--init')
    expect((await snapshot()).commit).toBeNull()
    writeFileSync(join(lib, 'lib.c'), 'edited\n')
    const { commit } = await snapshot()
    const link = linkAt(outer, commit ?? '', 'vendor/lib')
    expect(outer.git('-C', 'vendor/lib', 'show', `${link}:lib.c`)).toBe('edited\n')
  })

  test('one that an agent removes', async () => {
    const { outer } = nested()
    const { worktree, snapshot } = await open(outer)
    rmSync(join(worktree.dir, 'vendor'), { recursive: true })
    const { files } = await snapshot()
    expect(files.map(({ path, status }) => `${status} ${path}`)).toEqual(['deleted vendor/lib'])
  })

  test('one that an agent moves', async () => {
    const { outer } = nested()
    const { worktree, head, lib, snapshot } = await open(outer)
    mkdirSync(join(worktree.dir, 'other'))
    outer.gitIn(worktree.dir, 'mv', 'vendor/lib', 'other/lib')
    writeFileSync(join(worktree.dir, 'other/lib/lib.c'), 'edited\n')
    const { commit } = await snapshot()
    const link = linkAt(outer, commit ?? '', 'other/lib')
    expect(outer.git('-C', 'vendor/lib', 'show', `${link}:lib.c`)).toBe('edited\n')
    await worktree.restore(head, 'reset')
    expect(readFileSync(join(lib, 'deep/deep.txt'), 'utf8')).toBe('deep\n')
    expect(await worktree.differsFrom(head)).toBe(false)
  })

  test('files of one that have a filter, as the user has configured it', async () => {
    const { outer } = nested()
    for (const way of ['clean', 'smudge'])
      outer.git('-C', 'vendor/lib', 'config', `filter.rot.${way}`, 'tr A-Za-z N-ZA-Mn-za-m')
    writeFileSync(join(outer.dir, 'vendor/lib/.gitattributes'), '*.secret filter=rot\n')
    outer.git('-C', 'vendor/lib', 'add', '-A')
    outer.git('-C', 'vendor/lib', 'commit', '-qm', 'with a filter')
    outer.commitAll('with a filter')
    const workspace = await outer.open()
    const { head } = await workspace.facts()
    const filters = await filtersOf(workspace, outer.env)
    const request = { dir: '../work', branch: 'gump/run-r1', commit: head, submodules: true, filters }
    const worktree = await workspace.openWorktree(request)
    writeFileSync(join(worktree.dir, 'vendor/lib/new.secret'), 'Hello\n')
    const ref = 'refs/gump/r1/impl/@1.1.1'
    const { commit } = await worktree.snapshot({ base: head, ref, describe: describing('impl') })
    const link = linkAt(outer, commit ?? '', 'vendor/lib')
    expect(outer.git('-C', 'vendor/lib', 'cat-file', '-p', `${link}:new.secret`)).toBe('Uryyb\n')
    await worktree.restore(head, 'reset')
    await worktree.restore(commit ?? '', 'reset')
    expect(readFileSync(join(worktree.dir, 'vendor/lib/new.secret'), 'utf8')).toBe('Hello\n')
  })

  test('an emptied one is what it was', async () => {
    const { outer } = nested()
    const { worktree, lib, head, snapshot } = await open(outer)
    rmSync(lib, { recursive: true })
    mkdirSync(lib)
    expect((await snapshot()).commit).toBeNull()
    await worktree.restore(head, 'reset')
    expect(readFileSync(join(lib, 'deep/deep.txt'), 'utf8')).toBe('deep\n')
  })

  test('files written where none is checked out stop the step', async () => {
    const { outer } = nested()
    const { lib, snapshot } = await open(outer, false)
    writeFileSync(join(lib, 'lost.txt'), 'lost\n')
    await expect(snapshot()).rejects.toMatchObject({ code: 'GUMP-G014' })
    expect(existsSync(join(lib, 'lost.txt'))).toBe(true)
  })

  test('a commit that is not whole stops the step', async () => {
    const { outer } = nested()
    const { worktree, lib, snapshot } = await open(outer)
    writeFileSync(join(lib, 'lib.c'), 'committed\n')
    outer.gitIn(lib, 'commit', '-qam', 'in the submodule')
    const tree = outer.gitIn(lib, 'rev-parse', 'HEAD^{tree}').trim()
    const gitDir = outer.gitIn(lib, 'rev-parse', '--absolute-git-dir').trim()
    rmSync(join(gitDir, 'objects', tree.slice(0, 2), tree.slice(2)))
    await expect(snapshot()).rejects.toMatchObject({ code: 'GUMP-G014' })
    expect(readFileSync(join(worktree.dir, 'vendor/lib/lib.c'), 'utf8')).toBe('committed\n')
  })
})

describe('what is restored', () => {
  test.each(['reset', 'pristine'] as const)('%s covers nested submodules', async (mode) => {
    const { outer } = nested()
    const { worktree, head, lib, snapshot } = await open(outer)
    const before = filesOf(lib)
    writeFileSync(join(lib, 'lib.c'), 'edited\n')
    writeFileSync(join(lib, 'ignored'), 'ignored\n')
    writeFileSync(join(lib, 'deep/new.txt'), 'new\n')
    outer.gitIn(lib, 'commit', '-qam', 'in the submodule')
    await snapshot()
    await worktree.restore(head, mode)
    const kept = mode === 'reset' ? { ignored: 'file ignored\n' } : {}
    expect(comparable(filesOf(lib))).toEqual(comparable({ ...before, ...kept }))
    expect(outer.gitIn(worktree.dir, 'submodule', 'status', '--recursive')).not.toMatch(/^[+-]/mu)
    expect(await worktree.differsFrom(head)).toBe(false)
  })

  test('and goes forward again to what was recorded', async () => {
    const { outer } = nested()
    const { worktree, head, lib, snapshot } = await open(outer)
    writeFileSync(join(lib, 'lib.c'), 'edited\n')
    const { commit } = await snapshot()
    await worktree.restore(head, 'reset')
    await worktree.restore(commit ?? '', 'reset')
    expect(readFileSync(join(lib, 'lib.c'), 'utf8')).toBe('edited\n')
  })

  test('whatever an agent has put in its place', async () => {
    const { outer } = nested()
    const { worktree, head, lib } = await open(outer)
    rmSync(lib, { recursive: true })
    symlinkSync(outer.dir, lib)
    await worktree.restore(head, 'reset')
    expect(readFileSync(join(lib, 'lib.c'), 'utf8')).toBe('lib\n')
    expect(outer.git('status', '--porcelain')).toBe('')
  })

  test('by a process that took the run up', async () => {
    const { outer } = nested()
    const first = await open(outer)
    writeFileSync(join(first.lib, 'lib.c'), 'edited\n')
    await first.workspace.close()
    const workspace = await outer.open()
    const worktree = await workspace.reopenWorktree({
      dir: '../work',
      branch: 'gump/run-r1',
      submodules: true,
    })
    const ref = 'refs/gump/r1/impl/@1.1.2'
    const taken = await worktree.snapshot({ base: first.head, ref, describe: describing('impl') })
    expect(taken.files.map(({ path }) => path)).toEqual(['vendor/lib'])
    await worktree.restore(first.head, 'reset')
    expect(readFileSync(join(first.lib, 'lib.c'), 'utf8')).toBe('lib\n')
  })
})

describe('what an agent writes into the git folder of a submodule', () => {
  test('runs nothing', async () => {
    const { outer, lib: upstream } = nested()
    const { worktree, head, lib, snapshot } = await open(outer)
    const pwned = join(outer.home, 'pwned')
    const run = `touch '${pwned}'; :`
    for (const place of [lib, join(lib, 'deep')]) {
      for (const [key, value] of Object.entries({
        'core.fsmonitor': run,
        'core.hooksPath': join(outer.home, 'hooks'),
        'core.sshCommand': run,
        'filter.x.clean': run,
        'filter.x.smudge': run,
      }))
        outer.gitIn(place, 'config', key, value)
      writeFileSync(join(place, '.gitattributes'), '*.x filter=x\n')
      writeFileSync(join(place, 'a.x'), 'raw\n')
      const gitDir = outer.gitIn(place, 'rev-parse', '--absolute-git-dir').trim()
      writeFileSync(join(gitDir, 'objects/info/alternates'), `${join(upstream, '.git/objects')}\n`)
      mkdirSync(join(gitDir, 'hooks'), { recursive: true })
      writeFileSync(join(gitDir, 'hooks/post-checkout'), `#!/bin/sh\n${run}\n`, { mode: 0o755 })
    }
    outer.gitIn(worktree.dir, 'config', '--file', '.gitmodules', 'submodule.vendor/lib.ignore', 'none')
    rmSync(pwned, { force: true })
    const { commit } = await snapshot()
    await worktree.restore(head, 'reset')
    await worktree.restore(commit ?? '', 'pristine')
    expect(existsSync(pwned)).toBe(false)
    expect(readFileSync(join(lib, 'a.x'), 'utf8')).toBe('raw\n')
  })

  test('runs nothing where no submodule was checked out', async () => {
    const { outer } = nested()
    const { lib, snapshot } = await open(outer, false)
    const pwned = join(outer.home, 'pwned')
    outer.gitIn(lib, 'init', '-q')
    writeFileSync(join(lib, 'a'), 'a\n')
    outer.gitIn(lib, 'add', '-A')
    outer.gitIn(lib, 'commit', '-qm', 'mine')
    outer.gitIn(lib, 'config', 'core.fsmonitor', `touch '${pwned}'; :`)
    writeFileSync(join(lib, 'a'), 'b\n')
    rmSync(pwned, { force: true })
    await snapshot().catch(() => null)
    expect(existsSync(pwned)).toBe(false)
  })

  test('a .git file that leads elsewhere leads nowhere', async () => {
    const { outer } = nested()
    const { lib, snapshot } = await open(outer)
    const before = outer.gitIn(lib, 'rev-parse', 'HEAD').trim()
    writeFileSync(join(lib, '.git'), `gitdir: ${join(outer.dir, '.git')}\n`)
    writeFileSync(join(lib, 'lib.c'), 'edited\n')
    const { commit } = await snapshot()
    const link = linkAt(outer, commit ?? '', 'vendor/lib')
    expect(outer.git('-C', 'vendor/lib', 'rev-parse', `${link}^`).trim()).toBe(before)
    expect(readFileSync(join(lib, '.git'), 'utf8')).toContain('worktrees')
  })

  test('a name that leads out of the folder of submodules is none', async () => {
    const { outer, deep } = nested()
    const { worktree, snapshot } = await open(outer)
    outer.gitIn(worktree.dir, 'clone', '-q', deep, 'evil')
    const text = '\n[submodule "../../evil"]\n\tpath = evil\n\turl = x\n'
    writeFileSync(
      join(worktree.dir, '.gitmodules'),
      readFileSync(join(worktree.dir, '.gitmodules'), 'utf8') + text,
    )
    const { files } = await snapshot()
    expect(files.map(({ path }) => path)).toEqual(['.gitmodules', 'evil/deep.txt'])
  })
})

/** Without the pointers, which say where things are. */
function comparable(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.endsWith('.git')))
}
