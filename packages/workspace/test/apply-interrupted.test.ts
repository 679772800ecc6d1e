import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { describing, filesOf, openRun, temporaryRepository } from './support/temporary-repository.js'

/** A working tree as a machine that lost power in the middle of an apply leaves it: some files are new, HEAD is old. */
async function interrupted(): Promise<{
  repository: ReturnType<typeof temporaryRepository>
  apply: () => Promise<{ readonly status: string }>
  after: Record<string, string>
}> {
  const repository = temporaryRepository({
    'a.txt': 'one\n',
    'b.txt': 'two\n',
    'c.txt': 'three\n',
    'gone.txt': 'x\n',
  })
  let powerless = true
  const workspace = await repository.open({
    fault: (name) => {
      // Stands in for the loss: the error leaves the journal, because files have changed by then.
      if (powerless && name === 'git:apply-tree:before') {
        for (const file of ['a.txt', 'new.txt']) writeFileSync(join(repository.dir, file), 'by the run\n')
        rmSync(join(repository.dir, 'gone.txt'))
        throw new Error('power')
      }
    },
  })
  await workspace.excludeOwnFolders()
  const { head, worktree } = await openRun(workspace)
  for (const file of ['a.txt', 'b.txt', 'new.txt']) writeFileSync(join(worktree.dir, file), 'by the run\n')
  rmSync(join(worktree.dir, 'gone.txt'))
  const { commit } = await worktree.snapshot({
    base: head,
    ref: 'refs/gump/r1/impl/@1.1.1',
    describe: describing('impl'),
  })
  const apply = (): Promise<{ readonly status: string }> =>
    workspace.apply({ runId: 'r1', commit: commit!, mode: 'merge', describe: describing('apply') })
  await expect(apply()).rejects.toThrow('power')
  powerless = false
  expect(repository.git('rev-parse', 'HEAD').trim()).toBe(head)
  return { repository, apply, after: filesOf(worktree.dir) }
}

test('repeating completes it', async () => {
  const { repository, apply, after } = await interrupted()
  expect((await apply()).status).toBe('merged')
  expect(filesOf(repository.dir)).toEqual(after)
  expect(repository.git('status', '--porcelain')).toBe('')
})

test('what was changed by hand since then is not taken for a part of it', async () => {
  const { repository, apply } = await interrupted()
  for (const [file, content] of [
    ['c.txt', 'mine\n'],
    ['b.txt', 'mine\n'],
    ['new.txt', 'mine\n'],
  ] as const) {
    const before = readFileSync(join(repository.dir, file))
    writeFileSync(join(repository.dir, file), content)
    await expect(apply()).rejects.toMatchObject({ code: 'GUMP-G004', data: { files: [file] } })
    expect(readFileSync(join(repository.dir, file), 'utf8')).toBe(content)
    writeFileSync(join(repository.dir, file), before)
  }
  writeFileSync(join(repository.dir, 'b.txt'), 'staged\n')
  repository.git('add', 'b.txt')
  writeFileSync(join(repository.dir, 'b.txt'), 'two\n')
  await expect(apply()).rejects.toMatchObject({ code: 'GUMP-G004', data: { files: ['b.txt'] } })
})

test('a commit by hand ends it: the next apply starts over', async () => {
  const { repository, apply } = await interrupted()
  repository.git('reset', '-q', '--hard')
  rmSync(join(repository.dir, 'new.txt'))
  repository.write('other.txt', '')
  repository.commitAll('by hand')
  expect((await apply()).status).toBe('merged')
  expect(repository.git('status', '--porcelain')).toBe('')
})
