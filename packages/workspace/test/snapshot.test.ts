import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { temporaryRepository } from './support/temporary-repository.js'

test('a snapshot, its diff, the restored files and the promoted step', async () => {
  const repository = temporaryRepository({
    'a.txt': 'one\n',
    'b.txt': 'two\n',
    '.gitignore': 'node_modules/\n',
  })
  const workspace = await repository.open()
  const { head } = await workspace.facts()
  const worktree = await workspace.openWorktree({
    dir: '.gump/worktrees/run-r1',
    branch: 'gump/run-r1',
    commit: head,
  })
  expect(readFileSync(join(worktree.dir, 'a.txt'), 'utf8')).toBe('one\n')
  expect(repository.gitIn(worktree.dir, 'status', '--porcelain')).toBe('')
  expect(repository.gitIn(worktree.dir, 'branch', '--show-current')).toBe('gump/run-r1\n')

  writeFileSync(join(worktree.dir, 'a.txt'), 'one\nmore\n')
  writeFileSync(join(worktree.dir, 'new.txt'), 'new\n')
  rmSync(join(worktree.dir, 'b.txt'))
  mkdirSync(join(worktree.dir, 'node_modules'))
  writeFileSync(join(worktree.dir, 'node_modules/x'), 'x')
  const snapshot = await worktree.snapshot({
    base: head,
    ref: 'refs/gump/r1/impl/@1.1.1',
    describe: { subject: 'impl', trailers: { 'Gump-Run': 'r1', 'Gump-Status': 'unverified' } },
  })
  expect(snapshot.files).toEqual([
    { path: 'a.txt', status: 'modified', insertions: 1, deletions: 0 },
    { path: 'b.txt', status: 'deleted', insertions: 0, deletions: 1 },
    { path: 'new.txt', status: 'added', insertions: 1, deletions: 0 },
  ])
  expect(snapshot).toMatchObject({ insertions: 2, deletions: 1 })
  expect(repository.git('rev-parse', 'refs/gump/r1/impl/@1.1.1').trim()).toBe(snapshot.commit)
  const file = join(repository.dir, '.gump/runs/r1/diff.patch')
  const size = await worktree.writeDiff(head, snapshot.commit!, file)
  expect(readFileSync(file).length).toBe(size)

  writeFileSync(join(worktree.dir, 'built-by-a-gate'), '')
  writeFileSync(join(worktree.dir, 'a.txt'), 'changed by a gate\n')
  await worktree.restore(snapshot.commit!, 'reset')
  expect(readFileSync(join(worktree.dir, 'a.txt'), 'utf8')).toBe('one\nmore\n')
  expect(readFileSync(join(worktree.dir, 'node_modules/x'), 'utf8')).toBe('x')

  const promoted = await worktree.promote({
    from: head,
    snapshot: snapshot.commit!,
    describe: { subject: 'impl', trailers: { 'Gump-Run': 'r1', 'Gump-Status': 'pass' } },
  })
  expect(repository.git('rev-parse', 'gump/run-r1').trim()).toBe(promoted)
  expect(repository.gitIn(worktree.dir, 'status', '--porcelain')).toBe('')
  expect(await workspace.readCommit(promoted)).toEqual({
    commit: promoted,
    tree: snapshot.tree,
    parents: [head],
    subject: 'impl',
    trailers: { 'Gump-Run': 'r1', 'Gump-Status': 'pass' },
  })
  const result = await workspace.apply({
    runId: 'r1',
    commit: promoted,
    mode: 'merge',
    describe: { subject: 'Apply', trailers: { 'Gump-Run': 'r1' } },
  })
  expect(result.status).toBe('merged')
  expect(repository.git('status', '--porcelain')).toBe('?? .gump/\n')
})
