import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { openWorkspace } from '../src/index.js'
import { describing, filesOf, temporaryFolder, temporaryRepository } from './support/temporary-repository.js'

type Repository = ReturnType<typeof temporaryRepository>

/** Opens a worktree, edits, takes a snapshot, promotes, merges and applies in the working tree `root`. */
async function wholeStep(
  root: string,
  { env, gitIn }: Repository,
  run = 'r1',
): Promise<Record<string, string>> {
  const workspace = await openWorkspace(root, { env })
  try {
    await workspace.excludeOwnFolders()
    const { head } = await workspace.facts()
    const dir = join(root, '.gump/worktrees', `run-${run}`)
    const worktree = await workspace.openWorktree({ dir, branch: `gump/run-${run}`, commit: head })
    const before = filesOf(dir)
    writeFileSync(join(dir, 'step.txt'), `${run}\n`)
    const ref = `refs/gump/${run}/impl/@1.1.1`
    const { commit } = await worktree.snapshot({ base: head, ref, describe: describing('impl', run) })
    await worktree.restore(head, 'reset')
    expect(filesOf(dir)).toEqual(before)
    await worktree.restore(commit!, 'reset')
    const promoted = await worktree.promote({
      from: head,
      snapshot: commit!,
      describe: describing('impl', run, 'pass'),
    })
    expect(gitIn(dir, 'status', '--porcelain')).toBe('')
    expect(gitIn(dir, 'log', '-1', '--format=%s')).toBe('impl\n')
    const merged = await workspace.integrate({
      ours: head,
      theirs: promoted,
      base: head,
      describe: describing('merge'),
    })
    expect(merged.status).toBe('merged')
    expect(await workspace.changedFiles(head, promoted)).toEqual([
      { path: 'step.txt', status: 'added', insertions: 1, deletions: 0 },
    ])
    await workspace.apply({ runId: run, commit: promoted, mode: 'merge', describe: describing('apply', run) })
    expect(gitIn(root, 'status', '--porcelain')).toBe('')
    expect(readFileSync(join(root, 'step.txt'), 'utf8')).toBe(`${run}\n`)
    expect(await workspace.isApplied(run, promoted)).toBe(true)
    await workspace.removeRun(run)
    expect(existsSync(dir)).toBe(false)
    expect(gitIn(root, 'for-each-ref', 'refs/gump', 'refs/gump-heads', 'refs/heads/gump')).toBe('')
    return before
  } finally {
    await workspace.close()
  }
}

test('a repository with SHA-256', async () => {
  const repository = temporaryRepository(undefined, ['--object-format=sha256'])
  await wholeStep(repository.dir, repository)
  expect(repository.git('rev-parse', 'HEAD').trim()).toHaveLength(64)
})

/** The table format for refs came with git 2.45. */
const [major = 0, minor = 0] =
  execFileSync('git', ['version'], { encoding: 'utf8' }).match(/\d+/gu)?.map(Number) ?? []
const knowsTables = major > 2 || (major === 2 && minor >= 45)

test.runIf(knowsTables)('a repository with reftable', async () => {
  const repository = temporaryRepository(undefined, ['--ref-format=reftable'])
  await wholeStep(repository.dir, repository)
})

test('a linked worktree as the place where the user works', async () => {
  const repository = temporaryRepository()
  const linked = join(temporaryFolder(), 'linked')
  repository.git('worktree', 'add', '-q', '-b', 'feature', linked)
  await wholeStep(linked, repository)
  expect(repository.git('log', '-1', '--format=%s', 'main')).toBe('first\n')
})

test('worktrees around a bare repository', async () => {
  const repository = temporaryRepository()
  const top = temporaryFolder()
  repository.git('clone', '-q', '--bare', repository.dir, join(top, '.bare'))
  repository.gitIn(join(top, '.bare'), 'worktree', 'add', '-q', join(top, 'main'), 'main')
  await wholeStep(join(top, 'main'), repository)
})

test('a .git file that points elsewhere', async () => {
  const repository = temporaryRepository()
  const top = temporaryFolder()
  repository.git(
    'clone',
    '-q',
    '--separate-git-dir',
    join(top, 'git dir'),
    repository.dir,
    join(top, 'work tree'),
  )
  await wholeStep(join(top, 'work tree'), repository)
})

test('a path with blanks, quotes, a newline and letters of all kinds', async () => {
  const repository = temporaryRepository()
  const odd = join(temporaryFolder(), 'it\'s "odd"\n[x] $HOME ü')
  repository.git('clone', '-q', repository.dir, odd)
  await wholeStep(odd, repository)
})

test('a detached HEAD', async () => {
  const repository = temporaryRepository()
  repository.git('checkout', '-q', '--detach')
  await wholeStep(repository.dir, repository)
  expect(repository.git('rev-parse', '--abbrev-ref', 'HEAD')).toBe('HEAD\n')
})

test('a shallow clone', async () => {
  const repository = temporaryRepository()
  repository.write('a.txt', 'two\n')
  repository.commitAll('second')
  const shallow = join(temporaryFolder(), 'shallow')
  repository.git('clone', '-q', '--depth=1', `file://${repository.dir}`, shallow)
  await wholeStep(shallow, repository)
})

test('a clone that borrows objects, with everything packed', async () => {
  const repository = temporaryRepository()
  repository.git('gc', '-q')
  repository.git('pack-refs', '--all')
  const borrowing = join(temporaryFolder(), 'borrowing')
  repository.git('clone', '-q', '--shared', repository.dir, borrowing)
  await wholeStep(borrowing, repository)
  await wholeStep(repository.dir, repository)
})

test('a repository with a submodule that is not initialised', async () => {
  const inner = temporaryRepository({ 'inner.txt': 'inner\n' })
  const outer = temporaryRepository()
  outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.dir, 'sub')
  outer.commitAll('with submodule')
  const before = await wholeStep(outer.dir, outer)
  expect(Object.keys(before)).toEqual(['.gitmodules', 'README.md'])
  expect(outer.git('ls-tree', 'HEAD', 'sub')).toContain('160000')
  expect(readFileSync(join(outer.dir, 'sub/inner.txt'), 'utf8')).toBe('inner\n')
})

test('a submodule as the place where the user works', async () => {
  const inner = temporaryRepository({ 'inner.txt': 'inner\n' })
  const outer = temporaryRepository()
  outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.dir, 'sub')
  outer.commitAll('with submodule')
  await wholeStep(join(outer.dir, 'sub'), outer)
})

test('a sparse checkout', async () => {
  const repository = temporaryRepository({ 'a/a.txt': 'a\n', 'b/b.txt': 'b\n', 'top.txt': 'top\n' })
  repository.git('sparse-checkout', 'set', '--cone', 'a')
  expect(existsSync(join(repository.dir, 'b'))).toBe(false)
  const before = await wholeStep(repository.dir, repository)
  expect(Object.keys(before)).toEqual(['a/a.txt', 'top.txt'])
  expect(repository.git('ls-tree', '-r', '--name-only', 'HEAD')).toBe('a/a.txt\nb/b.txt\nstep.txt\ntop.txt\n')
})

test('an agent may write outside a sparse checkout', async () => {
  const repository = temporaryRepository({ 'a/a.txt': 'a\n', 'b/b.txt': 'b\n', 'c/c.txt': 'c\n' })
  repository.git('sparse-checkout', 'set', '--cone', 'a')
  const workspace = await repository.open()
  const { head } = await workspace.facts()
  const worktree = await workspace.openWorktree({
    dir: '.gump/worktrees/run-r1',
    branch: 'gump/run-r1',
    commit: head,
  })
  mkdirSync(join(worktree.dir, 'b'))
  writeFileSync(join(worktree.dir, 'b/b.txt'), 'changed\n')
  writeFileSync(join(worktree.dir, 'b/new.txt'), 'new\n')
  const snapshot = await worktree.snapshot({
    base: head,
    ref: 'refs/gump/r1/impl/@1.1.1',
    describe: describing('impl'),
  })
  expect(snapshot.files.map(({ path, status }) => [path, status])).toEqual([
    ['b/b.txt', 'modified'],
    ['b/new.txt', 'added'],
  ])
  await worktree.restore(head, 'reset')
  expect(Object.keys(filesOf(worktree.dir))).toEqual(['a/a.txt'])
})

test('outside of a repository, in a bare one, and before the first commit', async () => {
  const repository = temporaryRepository()
  const nowhere = temporaryFolder()
  await expect(openWorkspace(nowhere, { env: repository.env })).rejects.toMatchObject({ code: 'GUMP-P001' })
  repository.gitIn(nowhere, 'init', '-q', '--bare')
  await expect(openWorkspace(nowhere, { env: repository.env })).rejects.toMatchObject({
    code: 'GUMP-P001',
    message: `${nowhere} is a repository without a working tree`,
  })
  repository.git('checkout', '-q', '--orphan', 'empty')
  const workspace = await repository.open()
  await expect(workspace.facts()).rejects.toMatchObject({ code: 'GUMP-P002', data: { branch: 'empty' } })
})

test('a repository of another user', async () => {
  const { dir, env, git } = temporaryRepository()
  // Only an ordinary repository is found without git.
  git('config', 'include.path', 'more')
  const programs = temporaryFolder()
  // What git itself offers to test this with; from our own environment it would not get there.
  writeFileSync(
    join(programs, 'git'),
    `#!/bin/sh\nPATH='${env['PATH']}'\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec git "$@"\n`,
    { mode: 0o755 },
  )
  const foreign = { ...env, PATH: `${programs}:${env['PATH']}` }
  await expect(openWorkspace(dir, { env: foreign })).rejects.toMatchObject({
    code: 'GUMP-P001',
    message: `git does not trust ${dir}, which belongs to another user`,
    remedy: `if you do: git config --global --add safe.directory ${dir}`,
  })
})

test.skipIf(process.geteuid?.() !== 0)('a repository that really belongs to another user', async () => {
  const { dir, env } = temporaryRepository()
  for (const path of ['.', '.git']) {
    chownSync(join(dir, path), 12_345, 12_345)
    await expect(openWorkspace(dir, { env })).rejects.toMatchObject({ code: 'GUMP-P001' })
    chownSync(join(dir, path), 0, 0)
  }
  await (await openWorkspace(dir, { env })).close()
})

test('no git on the PATH, or one that is too old', async () => {
  const repository = temporaryRepository()
  const bin = temporaryFolder()
  await expect(openWorkspace(repository.dir, { env: { PATH: bin } })).rejects.toMatchObject({
    code: 'GUMP-P004',
  })
  writeFileSync(join(bin, 'git'), '#!/bin/sh\necho git version 2.37.9\n', { mode: 0o755 })
  await expect(openWorkspace(repository.dir, { env: { PATH: bin } })).rejects.toMatchObject({
    code: 'GUMP-P004',
    data: { needed: '2.38' },
  })
})
