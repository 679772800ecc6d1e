import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { expect, test } from 'vitest'

import { countingGit } from './support/counting-git.js'
import { openRun, temporaryRepository } from './support/temporary-repository.js'

type Leave = (dir: string, git: (...args: string[]) => string) => void

const file =
  (path: string): Leave =>
  (dir) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), 'left')
  }
const folder =
  (path: string): Leave =>
  (dir) =>
    mkdirSync(join(dir, path), { recursive: true })

/** What is left in the worktree, whether it goes in `reset`, and in `pristine`. */
const leftovers: readonly (readonly [path: string, leave: Leave, reset: boolean, pristine: boolean])[] = [
  ['new.txt', file('new.txt'), true, true],
  ['in/a/folder.txt', file('in/a/folder.txt'), true, true],
  ['empty', folder('empty/inner'), true, true],
  ['x.log', file('x.log'), false, true],
  ['logs/x.log', file('logs/x.log'), false, true],
  ['nested', (dir, git) => void git('init', '-q', join(dir, 'nested')), true, true],
  ['.gump/out/plan.json', file('.gump/out/plan.json'), false, true],
  ['.gump/notes.txt', file('.gump/notes.txt'), true, true],
  [
    '.gump/out',
    (dir) => {
      folder('.gump')(dir, () => '')
      symlinkSync('/nowhere', join(dir, '.gump/out'))
    },
    true,
    true,
  ],
]

test.each(leftovers)('%s goes or stays as git clean would have it', async (path, leave, reset, pristine) => {
  const repository = temporaryRepository({ 'a.txt': 'one\n', '.gitignore': '*.log\n' })
  const workspace = await repository.open()
  for (const [mode, goes] of [
    ['reset', reset],
    ['pristine', pristine],
  ] as const) {
    const { head, worktree } = await openRun(workspace, mode)
    leave(worktree.dir, repository.git)
    writeFileSync(join(worktree.dir, 'a.txt'), 'changed\n')
    await worktree.restore(head, mode)
    const left = lstatSync(join(worktree.dir, path), { throwIfNoEntry: false })
    expect([mode, left === undefined]).toEqual([mode, goes])
    expect(readFileSync(join(worktree.dir, 'a.txt'), 'utf8')).toBe('one\n')
  }
})

test('one look is enough where nothing is left, or only what stays', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n', '.gitignore': '*.log\ndeps/\n' })
  const { env, commands } = countingGit(repository.env)
  const workspace = await repository.open({ env })
  const { head, worktree } = await openRun(workspace)
  for (const path of ['x.log', 'deps/one.js', '.gump/out/plan.json']) file(path)(worktree.dir, () => '')
  const before = commands().length
  await worktree.restore(head, 'reset')
  expect(commands().slice(before)).toEqual(['ls-files'])
  await workspace.close()
})
