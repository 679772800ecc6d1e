import { lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { faultPoints } from '../src/index.js'
import { describing, openRun, temporaryFolder, temporaryRepository } from './support/temporary-repository.js'

test('facts and changes of the user', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n', 'b.txt': 'two\n', 'c.txt': 'three\n' })
  const workspace = await repository.open()
  expect(await workspace.facts()).toEqual({
    root: repository.dir,
    commonDir: join(repository.dir, '.git'),
    head: repository.git('rev-parse', 'HEAD').trim(),
    branch: 'main',
  })
  expect(await workspace.changes()).toEqual({ tracked: [], untracked: [] })
  repository.write('a.txt', 'changed\n')
  repository.git('mv', 'b.txt', 'moved.txt')
  repository.git('rm', '-q', '--cached', 'c.txt')
  repository.write('with blank/ä\n.txt', '')
  writeFileSync(Buffer.from(`${repository.dir}/caf\u00E9`, 'latin1'), '')
  expect(await workspace.changes()).toEqual({
    tracked: ['a.txt', 'b.txt', 'c.txt', 'moved.txt'],
    untracked: ['c.txt', 'caf\uDCE9', 'with blank/ä\n.txt'],
  })
  repository.git('checkout', '-q', '--detach')
  expect((await workspace.facts()).branch).toBeNull()
})

test("Gump's folders and links are excluded once, next to what is there", async () => {
  const repository = temporaryRepository()
  const workspace = await repository.open()
  const file = join(repository.dir, '.git/info/exclude')
  writeFileSync(file, '# mine\n*.swp\n/.gump/runs/ \n/.gump/out/\n!kept')
  await workspace.excludeOwnFolders()
  await workspace.excludeOwnFolders(['node_modules', './deep/[x]*?/', 'trailing '])
  await Promise.all([workspace.excludeOwnFolders(), workspace.excludeOwnFolders(['node_modules'])])
  expect(readFileSync(file, 'utf8')).toBe(
    '# mine\n*.swp\n/.gump/runs/ \n/.gump/out/\n!kept\n/.gump/runs/\n/.gump/worktrees/\n' +
      '/node_modules\n/deep/\\[x\\]\\*\\?\n/trailing\\ \n',
  )
  for (const bad of ['..', '/', 'a/../..', 'a\nb']) {
    await expect(workspace.excludeOwnFolders([bad])).rejects.toMatchObject({ code: 'GUMP-G001' })
  }
  const { head, worktree } = await openRun(workspace)
  symlinkSync(temporaryFolder(), join(worktree.dir, 'node_modules'))
  const request = { base: head, ref: 'refs/gump/r1/a/@1.1.1', describe: describing('a') }
  expect((await worktree.snapshot(request)).commit).toBeNull()
  await worktree.restore(head, 'reset')
  expect(repository.gitIn(worktree.dir, 'status', '--porcelain', '--ignored')).toContain('!! node_modules')
})

test('an exclude file that is a link stays one', async () => {
  const repository = temporaryRepository()
  const real = join(temporaryFolder(), 'exclude')
  writeFileSync(real, '')
  const file = join(repository.dir, '.git/info/exclude')
  rmSync(file)
  symlinkSync(real, file)
  await (await repository.open()).excludeOwnFolders()
  expect(lstatSync(file).isSymbolicLink()).toBe(true)
  expect(readFileSync(real, 'utf8')).toContain('/.gump/out/\n')
})

test('files at a commit', async () => {
  const repository = temporaryRepository({
    'a.txt': 'one\n',
    'd/ä\n:(top).txt': 'odd',
    bin: Uint8Array.of(0, 255),
  })
  const workspace = await repository.open()
  const { head } = await workspace.facts()
  expect(await workspace.readFileAt(head, 'bin')).toEqual(Buffer.of(0, 255))
  expect(Buffer.from((await workspace.readFileAt(head, 'd/ä\n:(top).txt'))!).toString()).toBe('odd')
  for (const path of ['d', 'missing', '', '../a.txt', './a.txt', '/a.txt', 'a.txt/x']) {
    expect(await workspace.readFileAt(head, path)).toBeNull()
  }
  await expect(workspace.readCommit('0'.repeat(40))).rejects.toMatchObject({ code: 'GUMP-G001' })
})

test('the commits of the lines of a file', async () => {
  const repository = temporaryRepository({ 'ä b.txt': 'one\ntwo\n\tthree\n' })
  const first = repository.git('rev-parse', 'HEAD').trim()
  repository.write('ä b.txt', 'zero\none\n\tthree\n')
  const second = repository.commitAll('second')
  repository.git('config', 'blame.ignoreRevsFile', '/nowhere')
  const workspace = await repository.open()
  expect(await workspace.blameLines(second, 'ä b.txt')).toEqual([
    { commit: second, originalLine: 1, text: 'zero' },
    { commit: first, originalLine: 1, text: 'one' },
    { commit: first, originalLine: 3, text: '\tthree' },
  ])
  await expect(workspace.blameLines(second, 'missing')).rejects.toMatchObject({ code: 'GUMP-G001' })
})

test('which runs are applied is known for runs of all ages', async () => {
  const repository = temporaryRepository()
  const now = Date.now()
  /** A UUIDv7 that was made so many days ago. */
  const uuid = (days: number): string => {
    const hex = (now - days * 86_400_000).toString(16).padStart(12, '0')
    return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
  }
  const commit = (run: string, days: number): string => {
    // Only this date matters to git when it reads no further back than asked.
    repository.env['GIT_COMMITTER_DATE'] = `@${Math.floor(now / 1000) - days * 86_400} +0000`
    repository.git('commit', '-q', '--allow-empty', '-m', `apply\n\nGump-Run: ${run}`)
    return repository.git('rev-parse', 'HEAD').trim()
  }
  const oldest = commit(uuid(40), 40)
  const plain = commit('plain-id', 20)
  const recent = commit(uuid(3), 3)
  const workspace = await repository.open()
  expect(await workspace.isApplied(uuid(1), recent)).toBe(false)
  expect(await workspace.isApplied(uuid(3), recent)).toBe(true)
  expect(await workspace.isApplied(uuid(40), oldest)).toBe(true)
  expect(await workspace.isApplied('plain-id', plain)).toBe(true)
  expect(await workspace.isApplied('plain', plain)).toBe(false)
  expect(await workspace.isApplied('plain-id', '0'.repeat(40))).toBe(false)
  expect(await workspace.isApplied(uuid(2), commit(uuid(2), 2))).toBe(true)
})

test('removing a run leaves other runs alone', async () => {
  const repository = temporaryRepository()
  const workspace = await repository.open()
  for (const run of ['r1', 'r10', 'r1_2']) {
    const { head, worktree } = await openRun(workspace, run)
    writeFileSync(join(worktree.dir, 'a.txt'), run)
    await worktree.snapshot({
      base: head,
      ref: `refs/gump/${run}/impl/@1.1.1`,
      describe: describing('impl', run),
    })
    const branch = `gump/run-${run}.task-1`
    await workspace.openWorktree({ dir: `.gump/worktrees/run-${run}.1`, branch, commit: head })
  }
  await workspace.removeRun('r1')
  await workspace.removeRun('r1')
  expect(repository.git('for-each-ref', '--format=%(refname)', 'refs/heads/gump', 'refs/gump')).toBe(
    ['refs/gump/r10/impl/@1.1.1', 'refs/gump/r1_2/impl/@1.1.1']
      .concat(['r10', 'r10.task-1', 'r1_2', 'r1_2.task-1'].map((run) => `refs/heads/gump/run-${run}`))
      .join('\n') + '\n',
  )
  expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(5)
  for (const bad of ['', '.', '..', 'a/b', '../x', 'a..b', '-x', '*']) {
    await expect(workspace.removeRun(bad)).rejects.toMatchObject({ code: 'GUMP-G010' })
  }
})

test('fault points are named, and each is passed with its counterpart', async () => {
  const repository = temporaryRepository()
  const passed: string[] = []
  const workspace = await repository.open({ fault: (name) => passed.push(name) })
  await workspace.excludeOwnFolders()
  const { head, worktree } = await openRun(workspace)
  writeFileSync(join(worktree.dir, 'a.txt'), '')
  await worktree.snapshot({ base: head, ref: 'refs/gump/r1/a/@1.1.1', describe: describing('a') })
  expect(passed.filter((name) => !faultPoints.includes(name))).toEqual([])
  expect(passed.filter((name) => name.endsWith(':before'))).toHaveLength(passed.length / 2)
  expect(new Set(faultPoints).size).toBe(faultPoints.length)
})

test('a workspace can be closed at any time, and continues when it is used again', async () => {
  const repository = temporaryRepository()
  const workspace = await repository.open()
  await workspace.close()
  const { head } = await workspace.facts()
  expect((await workspace.readCommit(head)).subject).toBe('first')
  await workspace.close()
  await workspace.close()
  expect((await workspace.readCommit(head)).subject).toBe('first')
})
