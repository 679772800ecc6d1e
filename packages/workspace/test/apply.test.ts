import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import type { ApplyMode, ApplyRequest, GitWorkspace } from '../src/index.js'
import { describing, filesOf, openRun, temporaryRepository } from './support/temporary-repository.js'

type Repository = ReturnType<typeof temporaryRepository>

/** A run that has passed: its edits, made in its worktree, are on its branch. */
async function passedRun(
  repository: Repository,
  edit: (dir: string) => void,
  run = 'r1',
): Promise<{ workspace: GitWorkspace; head: string; commit: string; request: ApplyRequest }> {
  const workspace = await repository.open()
  await workspace.excludeOwnFolders()
  const { head, worktree } = await openRun(workspace, run)
  edit(worktree.dir)
  const ref = `refs/gump/${run}/impl/@1.1.1`
  const snapshot = await worktree.snapshot({ base: head, ref, describe: describing('impl', run) })
  const commit =
    snapshot.commit === null
      ? head
      : await worktree.promote({
          from: head,
          snapshot: snapshot.commit,
          describe: describing('impl', run, 'pass'),
        })
  const request: ApplyRequest = {
    runId: run,
    commit,
    mode: 'merge',
    describe: describing('Apply the run', run),
  }
  return { workspace, head, commit, request }
}

const editA = (dir: string): void => writeFileSync(join(dir, 'a.txt'), 'edited by the run\n')

function state(repository: Repository): unknown {
  return {
    files: filesOf(repository.dir),
    head: repository.git('rev-parse', 'HEAD'),
    branch: repository.git('symbolic-ref', '-q', 'HEAD'),
    status: repository.git('status', '--porcelain', '--untracked-files=all'),
  }
}

/** Runs an action that has to fail and to change nothing. */
async function refused(
  repository: Repository,
  action: () => Promise<unknown>,
  expected: object,
): Promise<void> {
  const before = state(repository)
  await expect(action()).rejects.toMatchObject(expected)
  expect(state(repository)).toEqual(before)
}

describe('the four ways', () => {
  const start = (): Repository => temporaryRepository({ 'a.txt': 'one\n', 'b.txt': 'two\n' })

  test.each(['merge', 'squash', 'ff'] as const)(
    '%s brings the work in and leaves a clean tree',
    async (mode) => {
      const repository = start()
      const { workspace, head, commit, request } = await passedRun(repository, (dir) => {
        editA(dir)
        rmSync(join(dir, 'b.txt'))
        writeFileSync(join(dir, 'tool.sh'), '#!/bin/sh\n')
        chmodSync(join(dir, 'tool.sh'), 0o755)
        symlinkSync('a.txt', join(dir, 'link'))
      })
      const result = await workspace.apply({ ...request, mode })
      expect(result.status).toBe({ merge: 'merged', squash: 'squashed', ff: 'fast-forwarded' }[mode])
      expect(result.files.map(({ path, status }) => `${status} ${path}`)).toEqual([
        'modified a.txt',
        'deleted b.txt',
        'added link',
        'added tool.sh',
      ])
      expect(filesOf(repository.dir)).toEqual({
        'a.txt': 'file edited by the run\n',
        link: 'link a.txt',
        'tool.sh': 'exec #!/bin/sh\n',
      })
      expect(repository.git('rev-parse', 'HEAD').trim()).toBe(result.commit)
      expect(repository.git('status', '--porcelain')).toBe('')
      expect(repository.git('rev-parse', 'ORIG_HEAD').trim()).toBe(head)
      expect(repository.git('log', '-g', '-1', '--format=%gs', 'main')).toBe(`gump apply r1: ${mode}\n`)
      const { parents, trailers } = await workspace.readCommit(result.commit)
      expect(parents).toEqual({ merge: [head, commit], squash: [head], ff: [head] }[mode])
      expect(trailers['Gump-Run']).toBe('r1')
      expect(await workspace.isApplied('r1', commit)).toBe(true)
      repository.git('commit', '-q', '--allow-empty', '-m', 'more')
      const where = result.commit
      await refused(repository, () => workspace.apply({ ...request, mode }), {
        code: 'GUMP-G005',
        data: { where },
      })
      repository.git('reset', '-q', '--hard', 'HEAD~1')
      repository.git('update-ref', 'ORIG_HEAD', head)
      repository.git('reset', '-q', '--hard', 'ORIG_HEAD')
      expect(await workspace.isApplied('r1', commit)).toBe(false)
    },
  )

  test('branch leaves a branch and nothing else', async () => {
    const repository = start()
    const { workspace, commit, request } = await passedRun(repository, editA)
    writeFileSync(join(repository.dir, 'a.txt'), 'dirty\n')
    const before = state(repository)
    const branch = { ...request, mode: 'branch', branchName: 'feature/x' } as const
    expect(await workspace.apply(branch)).toMatchObject({ status: 'branched', commit })
    expect(repository.git('rev-parse', 'feature/x').trim()).toBe(commit)
    expect(state(repository)).toEqual(before)
    await refused(repository, () => workspace.apply(branch), { code: 'GUMP-G005' })
    await refused(repository, () => workspace.apply({ ...branch, branchName: 'main' }), {
      code: 'GUMP-G002',
      message: expect.stringContaining('there is a branch "main" already') as string,
    })
    for (const branchName of ['-x', 'a..b', 'a b', 'HEAD', '', 'x.lock', 'a\nb']) {
      await refused(repository, () => workspace.apply({ ...branch, branchName }), { code: 'GUMP-G010' })
    }
  })

  test('ff refuses when the branch has moved', async () => {
    const repository = start()
    const { workspace, request } = await passedRun(repository, editA)
    repository.write('c.txt', '')
    repository.commitAll('meanwhile')
    await refused(repository, () => workspace.apply({ ...request, mode: 'ff' }), { code: 'GUMP-G007' })
    expect((await workspace.apply(request)).status).toBe('merged')
  })

  test('is applied whole only when its last commit is: not by an earlier one, but by one that was rewritten', async () => {
    const repository = start()
    const { workspace, commit, request } = await passedRun(repository, editA)
    repository.write('c.txt', '')
    repository.commitAll('meanwhile')
    await workspace.apply(request)
    repository.git('branch', '-q', 'later', commit)
    repository.git('checkout', '-q', 'later')
    repository.git('commit', '-q', '--allow-empty', '-m', `gump: next\n\nGump-Run: r1`)
    const later = repository.git('rev-parse', 'later').trim()
    repository.git('checkout', '-q', 'main')
    expect([await workspace.isApplied('r1', commit), await workspace.isApplied('r1', later)]).toEqual([
      true,
      false,
    ])
    repository.git('rebase', '-q', '--force-rebase', 'HEAD~1')
    expect(repository.git('log', '--format=%H')).not.toContain(commit)
    expect(await workspace.isApplied('r1', commit)).toBe(true)
  })

  test('a run without changes is nothing to do', async () => {
    const repository = start()
    const { workspace, head, request } = await passedRun(repository, () => {})
    for (const mode of ['merge', 'squash', 'ff'] as const) {
      expect(await workspace.apply({ ...request, mode })).toEqual({
        status: 'nothing-to-do',
        commit: head,
        files: [],
      })
    }
    expect(await workspace.isApplied('r1', head)).toBe(false)
  })

  test('squash of what is there already is nothing to do', async () => {
    const repository = start()
    const { workspace, request } = await passedRun(repository, editA)
    editA(repository.dir)
    const head = repository.commitAll('the same by hand')
    expect(await workspace.apply({ ...request, mode: 'squash' })).toMatchObject({
      status: 'nothing-to-do',
      commit: head,
    })
  })

  test('a detached HEAD moves, no branch does', async () => {
    const repository = start()
    repository.git('checkout', '-q', '--detach')
    const { workspace, head, request } = await passedRun(repository, editA)
    const { commit } = await workspace.apply(request)
    expect(repository.git('rev-parse', 'HEAD').trim()).toBe(commit)
    expect(repository.git('rev-parse', 'main').trim()).toBe(head)
  })

  test('before the first commit only a branch is possible', async () => {
    const repository = start()
    const { workspace, commit, request } = await passedRun(repository, editA)
    repository.git('checkout', '-q', '--orphan', 'empty')
    await expect(workspace.apply(request)).rejects.toMatchObject({ code: 'GUMP-G006' })
    await workspace.apply({ ...request, mode: 'branch', branchName: 'kept' })
    expect(repository.git('rev-parse', 'kept').trim()).toBe(commit)
  })
})

describe('the identity of the merge', () => {
  test('is the one that the user configured', async () => {
    const repository = temporaryRepository({ 'a.txt': 'one\n' })
    repository.git('config', 'user.name', 'Ada')
    repository.git('config', 'user.email', 'ada@example.org')
    repository.git('config', 'committer.name', 'Ada at work')
    const { workspace, request } = await passedRun(repository, editA)
    await workspace.apply(request)
    expect(repository.git('log', '-1', '--format=%an <%ae>, %cn <%ce>')).toBe(
      'Ada <ada@example.org>, Ada at work <ada@example.org>\n',
    )
  })

  test('is that of Gump when there is none', async () => {
    const repository = temporaryRepository({ 'a.txt': 'one\n' })
    const { workspace, request } = await passedRun(repository, editA)
    await workspace.apply(request)
    expect(repository.git('log', '-1', '--format=%an <%ae>')).toBe('Gump <gump@localhost>\n')
  })
})

describe('what is in the way', () => {
  const start = (): Repository =>
    temporaryRepository({ 'a.txt': 'one\n', 'other.txt': 'other\n', 'dir/b.txt': 'b\n' })
  const modes: readonly ApplyMode[] = ['merge', 'squash', 'ff']

  test.each(modes)('changed tracked files block: %s', async (mode) => {
    const repository = start()
    const { workspace, request } = await passedRun(repository, editA)
    const apply = (): Promise<unknown> => workspace.apply({ ...request, mode, keepConflicts: true })
    repository.write('other.txt', 'mine\n')
    await refused(repository, apply, { code: 'GUMP-G004', data: { files: ['other.txt'] } })
    repository.git('add', 'other.txt')
    await refused(repository, apply, { code: 'GUMP-G004', data: { files: ['other.txt'] } })
    repository.git('checkout', '-q', 'HEAD', 'other.txt')
    rmSync(join(repository.dir, 'dir/b.txt'))
    await refused(repository, apply, { code: 'GUMP-G004', data: { files: ['dir/b.txt'] } })
    repository.git('checkout', '-q', 'HEAD', 'dir/b.txt')
    expect(await apply()).toMatchObject({ commit: expect.any(String) })
  })

  test('untracked files at places that the merge fills block, ignored ones too; others do not', async () => {
    const repository = start()
    const { workspace, request } = await passedRun(repository, (dir) => {
      writeFileSync(join(dir, 'new.txt'), 'new\n')
      writeFileSync(join(dir, 'secret.env'), 'x\n')
      mkdirSync(join(dir, 'deep/er'), { recursive: true })
      writeFileSync(join(dir, 'deep/er/file'), 'x\n')
      rmSync(join(dir, 'dir'), { recursive: true })
      writeFileSync(join(dir, 'dir'), 'a file now\n')
      rmSync(join(dir, 'other.txt'))
      mkdirSync(join(dir, 'other.txt'))
      writeFileSync(join(dir, 'other.txt/inside'), 'x\n')
    })
    writeFileSync(join(repository.dir, '.git/info/exclude'), '*.env\n/.gump/\n')
    repository.write('new.txt', 'new\n')
    repository.write('secret.env', 'precious\n')
    repository.write('deep', 'a file\n')
    repository.write('dir/mine', 'mine\n')
    repository.write('unrelated', 'mine\n')
    await refused(repository, () => workspace.apply(request), {
      code: 'GUMP-G004',
      data: { files: ['deep', 'dir/mine', 'new.txt', 'secret.env'] },
    })
    for (const name of ['deep', 'dir/mine', 'new.txt', 'secret.env']) rmSync(join(repository.dir, name))
    await workspace.apply(request)
    expect(repository.git('status', '--porcelain')).toBe('?? unrelated\n')
    expect(readFileSync(join(repository.dir, 'dir'), 'utf8')).toBe('a file now\n')
  })

  test('an expendable file is replaced when it holds the very bytes that the merge brings', async () => {
    const repository = start()
    const { workspace, request } = await passedRun(repository, (dir) => {
      writeFileSync(join(dir, 'spec.md'), '# Spec\r\n')
      writeFileSync(join(dir, 'plan.md'), '# Plan\n')
    })
    const apply = (): Promise<unknown> => workspace.apply({ ...request, expendable: ['spec.md', 'plan.md'] })
    repository.write('spec.md', '# Spec\r\n')
    repository.write('plan.md', '# My own plan\n')
    await refused(repository, apply, { code: 'GUMP-G004', data: { files: ['plan.md'] } })
    rmSync(join(repository.dir, 'plan.md'))
    await apply()
    expect(repository.git('status', '--porcelain')).toBe('')
    expect(readFileSync(join(repository.dir, 'spec.md'), 'utf8')).toBe('# Spec\r\n')
  })

  test('files that only look changed do not block', async () => {
    const repository = start()
    const { workspace, request } = await passedRun(repository, editA)
    repository.write('a.txt', 'one\n')
    repository.write('other.txt', 'other\n')
    await workspace.apply(request)
    expect(repository.git('status', '--porcelain')).toBe('')
  })

  test('the line endings of the user are kept in the working tree', async () => {
    const repository = start()
    repository.git('config', 'core.autocrlf', 'true')
    repository.git('rm', '-q', '--cached', '-r', '.')
    repository.git('reset', '-q', '--hard')
    expect(readFileSync(join(repository.dir, 'a.txt'), 'utf8')).toBe('one\r\n')
    const { workspace, request } = await passedRun(repository, editA)
    await workspace.apply(request)
    expect(readFileSync(join(repository.dir, 'a.txt'), 'utf8')).toBe('edited by the run\r\n')
    expect(repository.git('status', '--porcelain')).toBe('')
    expect(repository.git('cat-file', 'blob', 'HEAD:a.txt')).toBe('edited by the run\n')
  })

  test('a lock that is held stops it, and nothing is half done', async () => {
    const repository = start()
    const { workspace, request } = await passedRun(repository, editA)
    for (const [lock, code] of [
      ['index.lock', 'GUMP-G001'],
      ['refs/heads/main.lock', 'GUMP-G002'],
      ['HEAD.lock', 'GUMP-G002'],
    ] as const) {
      writeFileSync(join(repository.dir, '.git', lock), '')
      await expect(workspace.apply(request)).rejects.toMatchObject({ code })
      rmSync(join(repository.dir, '.git', lock))
      expect(repository.git('status', '--porcelain')).toBe('')
      expect(existsSync(join(repository.dir, '.git/gump-apply.json'))).toBe(false)
    }
    expect((await workspace.apply(request)).status).toBe('merged')
  })

  test('git in the middle of something', async () => {
    const repository = start()
    const { workspace, request } = await passedRun(repository, editA)
    repository.git('checkout', '-q', '-b', 'side')
    repository.git('commit', '-q', '--allow-empty', '-m', 'side')
    repository.git('checkout', '-q', 'main')
    repository.git('merge', '-q', '--no-commit', '--no-ff', 'side')
    await refused(repository, () => workspace.apply(request), {
      code: 'GUMP-G008',
      data: { operation: 'merge' },
    })
  })
})

describe('conflicts', () => {
  async function conflict(): Promise<Awaited<ReturnType<typeof passedRun>> & { repository: Repository }> {
    const repository = temporaryRepository({ 'a.txt': 'one\n', 'b.txt': 'two\n' })
    repository.git('config', 'user.name', 'Ada')
    repository.git('config', 'user.email', 'ada@example.org')
    const run = await passedRun(repository, (dir) => {
      editA(dir)
      writeFileSync(join(dir, 'b.txt'), 'merges\n')
    })
    repository.write('a.txt', 'edited by the user\n')
    repository.commitAll('meanwhile')
    return { ...run, repository }
  }

  test('leave nothing half done', async () => {
    const { repository, workspace, commit, request } = await conflict()
    for (const mode of ['merge', 'squash'] as const) {
      await refused(repository, () => workspace.apply({ ...request, mode }), {
        code: 'GUMP-G003',
        data: { files: ['a.txt'], commit },
      })
    }
  })

  test.each(['merge', 'squash'] as const)('stay for the user to resolve when wanted: %s', async (mode) => {
    const { repository, workspace, commit, request } = await conflict()
    const head = repository.git('rev-parse', 'HEAD').trim()
    const result = await workspace.apply({ ...request, mode, keepConflicts: true })
    expect(result).toMatchObject({ status: 'conflicts-kept', commit: head, conflicts: ['a.txt'] })
    expect(readFileSync(join(repository.dir, 'a.txt'), 'utf8')).toContain('<<<<<<< ')
    expect(readFileSync(join(repository.dir, 'b.txt'), 'utf8')).toBe('merges\n')
    if (mode === 'merge') {
      await expect(workspace.apply(request)).rejects.toMatchObject({ code: 'GUMP-G008' })
    }
    repository.write('a.txt', 'resolved\n')
    repository.git('add', 'a.txt')
    repository.git('commit', '-q', '--no-edit')
    const made = await workspace.readCommit(repository.git('rev-parse', 'HEAD').trim())
    expect(made).toMatchObject({ subject: 'Apply the run', trailers: { 'Gump-Run': 'r1' } })
    expect(made.parents).toEqual(mode === 'merge' ? [head, commit] : [head])
    await expect(workspace.apply({ ...request, mode })).rejects.toMatchObject({ code: 'GUMP-G005' })
  })
})

test('the merge is that of the trees: both sides of a file, a rename, and the drivers of git itself only', async () => {
  const lines = Array.from({ length: 30 }, (_, n) => `line ${n}`)
  const repository = temporaryRepository({
    'long.txt': `${lines.join('\n')}\n`,
    'log.txt': 'start\n',
    '.gitattributes': 'log.txt merge=union\n*.txt merge-marker=x\nlong.txt merge=mine\n',
  })
  repository.git('config', 'merge.mine.driver', 'false')
  const { workspace, request } = await passedRun(repository, (dir) => {
    writeFileSync(join(dir, 'long.txt'), `top\n${lines.join('\n')}\n`)
    writeFileSync(join(dir, 'log.txt'), 'start\nrun\n')
  })
  repository.git('mv', 'long.txt', 'renamed.txt')
  repository.write('renamed.txt', `${lines.join('\n')}\nend\n`)
  repository.write('log.txt', 'start\nuser\n')
  repository.commitAll('meanwhile')
  await workspace.apply(request)
  expect(readFileSync(join(repository.dir, 'renamed.txt'), 'utf8')).toBe(`top\n${lines.join('\n')}\nend\n`)
  expect(readFileSync(join(repository.dir, 'log.txt'), 'utf8').split('\n').toSorted()).toEqual([
    '',
    'run',
    'start',
    'user',
  ])
})
