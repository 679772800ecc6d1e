import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import {
  describing,
  filesOf,
  openRun,
  temporaryFolder,
  temporaryRepository,
} from './support/temporary-repository.js'

const files = { 'a.txt': 'one\n', 'dir/b.txt': 'two\n', '.gump/workflows/w.yaml': 'name: w\n' }

/** Ways to lose a worktree, and what has to be said. */
const losses: Readonly<Record<string, readonly [says: string, (dir: string) => void]>> = {
  'is removed': ['is gone', (dir) => rmSync(dir, { recursive: true })],
  'is moved away': ['is gone', (dir) => renameSync(dir, `${dir}-away`)],
  'is replaced by a file': [
    'is no folder any more',
    (dir) => {
      rmSync(dir, { recursive: true })
      writeFileSync(dir, '')
    },
  ],
  'is replaced by a link': [
    'has been replaced by a link',
    (dir) => {
      renameSync(dir, `${dir}-away`)
      symlinkSync(`${dir}-away`, dir)
    },
  ],
  'is replaced by an empty folder': [
    'has been replaced by another folder',
    (dir) => {
      renameSync(dir, `${dir}-away`)
      mkdirSync(dir)
    },
  ],
  'is replaced by a folder of other files': [
    'has been replaced by another folder',
    (dir) => {
      renameSync(dir, `${dir}-away`)
      mkdirSync(dir)
      writeFileSync(join(dir, 'other.txt'), '')
      writeFileSync(join(dir, '.git'), readFileSync(join(`${dir}-away`, '.git')))
    },
  ],
  'loses its .git file': ['has lost its .git file', (dir) => rmSync(join(dir, '.git'))],
  'is emptied': [
    'has lost its .git file',
    (dir) => {
      for (const name of readdirSync(dir)) rmSync(join(dir, name), { recursive: true })
    },
  ],
  'is emptied but for what cannot be removed': [
    'has been emptied',
    (dir) => {
      for (const name of readdirSync(dir)) if (name !== '.git') rmSync(join(dir, name), { recursive: true })
      mkdirSync(join(dir, '.gump/out'), { recursive: true })
    },
  ],
}

describe.each(Object.entries(losses))('a worktree that %s', (_, [says, lose]) => {
  test('is not recorded, not written to, and made again when it is taken up', async () => {
    const repository = temporaryRepository(files)
    const workspace = await repository.open()
    const { head, worktree } = await openRun(workspace)
    writeFileSync(join(worktree.dir, 'a.txt'), 'edited\n')
    lose(worktree.dir)
    const lost = { code: 'GUMP-G016', message: expect.stringContaining(says) as string }
    const ref = 'refs/gump/r1/impl/@1.1.1'
    const describe = describing('impl')
    await expect(worktree.snapshot({ base: head, ref, describe })).rejects.toMatchObject(lost)
    await expect(worktree.restore(head, 'reset')).rejects.toMatchObject(lost)
    await expect(worktree.differsFrom(head)).rejects.toMatchObject(lost)
    await expect(worktree.adopt({ base: head, describe })).rejects.toMatchObject(lost)
    await expect(worktree.emptyOut()).rejects.toMatchObject(lost)
    await expect(worktree.demandIntact()).rejects.toMatchObject(lost)
    expect(repository.git('for-each-ref', 'refs/gump/')).toBe('')

    const next = await repository.open()
    const again = await next.reopenWorktree({ dir: worktree.dir, branch: worktree.branch })
    // Where the .git file leads here, it is what a person may have done in the meantime.
    if (!existsSync(join(worktree.dir, 'other.txt'))) {
      expect(again.remade).toBe(true)
      expect(filesOf(again.dir)).toEqual({ 'a.txt': 'file one\n', 'dir/b.txt': 'file two\n' })
      expect(existsSync(join(again.dir, '.gump/workflows/w.yaml'))).toBe(true)
    }
    writeFileSync(join(again.dir, 'c.txt'), 'three\n')
    await again.restore(head, 'reset')
    expect(filesOf(again.dir)).toEqual({ 'a.txt': 'file one\n', 'dir/b.txt': 'file two\n' })
    expect(repository.gitIn(again.dir, 'status', '--porcelain')).toBe('')
  })
})

test('what stands in the place of a worktree is set aside, not removed', async () => {
  const repository = temporaryRepository(files)
  const { worktree } = await openRun(await repository.open())
  writeFileSync(join(worktree.dir, 'a.txt'), 'edited\n')
  rmSync(join(worktree.dir, '.git'))
  const again = await (await repository.open()).reopenWorktree({ dir: worktree.dir, branch: worktree.branch })
  expect(again.setAside).toBe(`${worktree.dir}.aside-1`)
  expect(readFileSync(join(again.setAside ?? '', 'a.txt'), 'utf8')).toBe('edited\n')
  expect(readFileSync(join(again.dir, 'a.txt'), 'utf8')).toBe('one\n')
})

test('deleting every file but one is an edit', async () => {
  const repository = temporaryRepository(files)
  const { head, worktree } = await openRun(await repository.open())
  for (const name of ['a.txt', 'dir']) rmSync(join(worktree.dir, name), { recursive: true })
  const ref = 'refs/gump/r1/impl/@1.1.1'
  const { files: changed } = await worktree.snapshot({ base: head, ref, describe: describing('impl') })
  expect(changed.map(({ path, status }) => `${status} ${path}`)).toEqual([
    'deleted a.txt',
    'deleted dir/b.txt',
  ])
})

test('a folder that is not the worktree is not removed with it, and is named', async () => {
  const repository = temporaryRepository(files)
  const workspace = await repository.open()
  const { worktree } = await openRun(workspace)
  rmSync(join(worktree.dir, '.git'))
  writeFileSync(join(worktree.dir, 'precious'), 'mine')
  expect(await workspace.removeRun('r1')).toEqual([
    { dir: worktree.dir, reason: 'its .git file does not lead to this repository' },
  ])
  expect(readFileSync(join(worktree.dir, 'precious'), 'utf8')).toBe('mine')
  expect(repository.git('for-each-ref', 'refs/heads/gump', 'refs/gump-heads')).toBe('')
  expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(1)
})

test('a link in the place of a worktree leads nowhere that is removed', async () => {
  const repository = temporaryRepository(files)
  const workspace = await repository.open()
  const { worktree } = await openRun(workspace)
  const mine = temporaryFolder()
  writeFileSync(join(mine, 'precious'), 'mine')
  rmSync(worktree.dir, { recursive: true })
  symlinkSync(mine, worktree.dir)
  await workspace.removeRun('r1')
  expect(readFileSync(join(mine, 'precious'), 'utf8')).toBe('mine')
})

test('git does not forget a worktree whose folder is away for a while', async () => {
  const repository = temporaryRepository(files)
  const { worktree } = await openRun(await repository.open())
  renameSync(worktree.dir, `${worktree.dir}-away`)
  repository.git('worktree', 'prune', '--expire', 'now')
  renameSync(`${worktree.dir}-away`, worktree.dir)
  expect(repository.gitIn(worktree.dir, 'status', '--porcelain')).toBe('')
})
