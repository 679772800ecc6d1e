import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { openWorkspace, type GitWorkspace } from '../src/index.js'
import { describing, filesOf, temporaryRepository } from './support/temporary-repository.js'

type Repository = ReturnType<typeof temporaryRepository>
const branch = 'gump/run-r1'
const name = 'run-r1'

/** A worktree with an edit, in a folder beside the repository, left by a process that is gone. */
async function leftBeside(): Promise<{
  readonly repository: Repository
  readonly head: string
  readonly top: string
}> {
  const repository = temporaryRepository({ 'a.txt': 'one\n' })
  const workspace = await repository.open()
  const { head } = await workspace.facts()
  const dir = `${repository.dir}.gump/${name}`
  await workspace.openWorktree({ dir, branch, commit: head })
  writeFileSync(join(dir, 'a.txt'), 'edited\n')
  await workspace.close()
  return { repository, head, top: dirname(repository.dir) }
}

async function opened({ env }: Repository, dir: string): Promise<GitWorkspace> {
  return openWorkspace(dir, { env })
}

/** Takes the worktree up, wherever it is, and takes it away again. */
async function expectOurs(
  repository: Repository,
  root: string,
  folders: readonly string[],
  head: string,
): Promise<string> {
  const workspace = await opened(repository, root)
  const dir = await workspace.locateWorktree(name, folders)
  if (dir === null) throw new Error('it is not found')
  const worktree = await workspace.reopenWorktree({ dir, branch })
  expect(worktree.remade).toBe(false)
  expect(readFileSync(join(dir, 'a.txt'), 'utf8')).toBe('edited\n')
  expect(repository.gitIn(dir, 'status', '--porcelain')).toBe(' M a.txt\n')
  const ref = 'refs/gump/r1/impl/@1.1.1'
  const { files } = await worktree.snapshot({ base: head, ref, describe: describing('impl') })
  expect(files.map(({ path }) => path)).toEqual(['a.txt'])
  expect(repository.gitIn(root, 'worktree', 'list').trim().split('\n')).toHaveLength(2)
  expect(await workspace.removeRun('r1', folders)).toEqual([])
  expect(existsSync(dir)).toBe(false)
  expect(repository.gitIn(root, 'worktree', 'list').trim().split('\n')).toHaveLength(1)
  await workspace.close()
  return dir
}

describe('a worktree is taken up after', () => {
  test('its repository was renamed', async () => {
    const { repository, head, top } = await leftBeside()
    const root = join(top, 'renamed')
    renameSync(repository.dir, root)
    await expectOurs(repository, root, [join(top, 'repo.gump')], head)
  })

  test('its repository was moved to another folder, and nobody says where it was', async () => {
    const { repository, head, top } = await leftBeside()
    mkdirSync(join(top, 'elsewhere'))
    const root = join(top, 'elsewhere/repo')
    renameSync(repository.dir, root)
    const dir = await expectOurs(repository, root, [join(top, 'elsewhere/repo.gump')], head)
    expect(dir).toBe(join(top, 'repo.gump', name))
  })

  test('the folder around both was renamed', async () => {
    const { repository, head, top } = await leftBeside()
    const moved = join(top, 'all')
    mkdirSync(moved)
    for (const folder of ['repo', 'repo.gump']) renameSync(join(top, folder), join(moved, folder))
    await expectOurs(repository, join(moved, 'repo'), [join(moved, 'repo.gump')], head)
  })

  test('it was moved itself', async () => {
    const { repository, head, top } = await leftBeside()
    renameSync(join(top, 'repo.gump'), join(top, 'trees'))
    await expectOurs(repository, repository.dir, [join(top, 'trees')], head)
  })
})

test('a copy of a repository leaves the worktrees of the original alone', async () => {
  const { repository, top } = await leftBeside()
  const copy = join(top, 'copy')
  cpSync(repository.dir, copy, { recursive: true })
  const workspace = await opened(repository, copy)
  const dir = join(top, 'repo.gump', name)
  expect(await workspace.locateWorktree(name, [dirname(dir)])).toBeNull()
  expect(await workspace.isForeign(dir)).toBe(true)
  await expect(workspace.reopenWorktree({ dir, branch })).rejects.toMatchObject({ code: 'GUMP-G009' })
  expect(await workspace.removeRun('r1', [dirname(dir)])).toEqual([])
  await workspace.close()
  expect(filesOf(dir)).toEqual({ 'a.txt': 'file edited\n' })
  expect(repository.gitIn(dir, 'status', '--porcelain')).toBe(' M a.txt\n')
})

test('a worktree that was being made is not found, and is made at its own place', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n' })
  const { head } = await (await repository.open()).facts()
  const place = join(repository.dir, '.git/gump/worktrees/half-made/new', name)
  repository.git('worktree', 'add', '-q', '--detach', '--no-checkout', place, head)
  const workspace = await opened(repository, repository.dir)
  expect(await workspace.locateWorktree(name, [])).toBeNull()
  const dir = `${repository.dir}.gump/${name}`
  const worktree = await workspace.openWorktree({ dir, branch, commit: head })
  expect(readFileSync(join(worktree.dir, 'a.txt'), 'utf8')).toBe('one\n')
  await workspace.close()
})
