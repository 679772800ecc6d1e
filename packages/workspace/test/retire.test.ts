import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import type { UntrackedEntry, Worktree } from '../src/index.js'
import { openRun, temporaryRepository } from './support/temporary-repository.js'

async function start(): Promise<{
  readonly repository: ReturnType<typeof temporaryRepository>
  readonly main: Worktree
  readonly task: Worktree
  retire(setUp?: readonly UntrackedEntry[]): Promise<readonly string[]>
}> {
  const repository = temporaryRepository({ 'a.txt': 'one\n', '.gitignore': 'deps/\n*.log\n.env\n' })
  const workspace = await repository.open()
  const { head, worktree } = await openRun(workspace)
  const branch = 'gump/run-r1.t'
  const task = await workspace.openWorktree({ dir: '.gump/worktrees/run-r1.1', branch, commit: head })
  return {
    repository,
    main: worktree,
    task,
    retire: async (setUp = []) => {
      const kept = await workspace.retireRun({ runId: 'r1', folders: [], setUp: () => setUp })
      return kept.map(({ dir, reason }) => `${dir.slice(dir.lastIndexOf('/') + 1)}: ${reason}`)
    },
  }
}

test('worktrees go with the branches of tasks; the branch of the run and its refs stay', async () => {
  const { repository, main, task, retire } = await start()
  repository.git('update-ref', 'refs/gump/r1/x', 'HEAD')
  await main.emptyOut()
  writeFileSync(join(main.dir, '.gump/out/plan.json'), '[]')
  expect(await retire()).toEqual([])
  expect([existsSync(main.dir), existsSync(task.dir)]).toEqual([false, false])
  expect(repository.git('for-each-ref', '--format=%(refname)', 'refs/heads/gump', 'refs/gump')).toBe(
    'refs/gump/r1/x\nrefs/heads/gump/run-r1\n',
  )
  expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(1)
  expect(await retire()).toEqual([])
})

test('one that differs from its branch stays, with the branch', async () => {
  const { repository, main, task, retire } = await start()
  writeFileSync(join(task.dir, 'a.txt'), 'by hand\n')
  expect(await retire()).toEqual(['run-r1.1: its files are not those of its branch'])
  expect([existsSync(main.dir), existsSync(task.dir)]).toEqual([false, true])
  expect(repository.git('branch', '--list', 'gump/*', '--format=%(refname:short)')).toBe(
    'gump/run-r1\ngump/run-r1.t\n',
  )
})

test('one with ignored files that the set-up did not make stays, and they are named', async () => {
  const { main, retire } = await start()
  mkdirSync(join(main.dir, 'deps'))
  writeFileSync(join(main.dir, 'deps/one'), '1')
  writeFileSync(join(main.dir, '.env'), 'A=1\n')
  const setUp = await main.untracked()
  expect(setUp.map(({ path }) => path)).toEqual(['.env', 'deps/'])
  writeFileSync(join(main.dir, 'deps/two'), '2')
  writeFileSync(join(main.dir, 'run.log'), 'found\n')
  expect(await retire(setUp)).toEqual([
    'run-r1: it holds ignored files that the set-up did not make: run.log',
  ])
})

test('one with a file that the set-up made and that was changed stays', async () => {
  const { main, retire } = await start()
  writeFileSync(join(main.dir, '.env'), 'A=1\n')
  const setUp = await main.untracked()
  writeFileSync(join(main.dir, '.env'), 'A=12\n')
  expect(await retire(setUp)).toEqual(['run-r1: it holds ignored files that the set-up did not make: .env'])
})

test('one that only holds what the set-up made goes', async () => {
  const { main, retire } = await start()
  mkdirSync(join(main.dir, 'deps'))
  writeFileSync(join(main.dir, 'deps/one'), '1')
  expect(await retire(await main.untracked())).toEqual([])
  expect(existsSync(main.dir)).toBe(false)
})

test.each([
  ['refs/heads/gump', ['branch', 'gump']],
  ['refs/gump', ['update-ref', 'refs/gump', 'HEAD']],
  ['refs/gump-heads', ['update-ref', 'refs/gump-heads', 'HEAD']],
])('a ref %s is in the way', async (ref, command) => {
  const repository = temporaryRepository()
  const workspace = await repository.open()
  expect(await workspace.collidingRefs()).toEqual([])
  repository.git('branch', 'gumption')
  expect(await workspace.collidingRefs()).toEqual([])
  repository.git(...command)
  expect(await workspace.collidingRefs()).toEqual([ref])
  repository.git('pack-refs', '--all')
  expect(await workspace.collidingRefs()).toEqual([ref])
})
