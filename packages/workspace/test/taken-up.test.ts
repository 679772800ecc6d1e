import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { describing, openRun, temporaryRepository } from './support/temporary-repository.js'

test('a worktree that another process left in the middle of its second attempt is recorded as it is', async () => {
  const repository = temporaryRepository({ 'kept.txt': 'kept\n' })
  const first = await repository.open()
  const { head, worktree } = await openRun(first)
  const file = join(worktree.dir, 'new.txt')
  writeFileSync(file, 'first attempt\n')
  await worktree.snapshot({ base: head, ref: 'refs/gump/r1/impl/@1.1.1', describe: describing('impl') })
  writeFileSync(file, 'second attempt\n')
  await first.close()

  // The index it takes over holds a file that HEAD does not have, and the file has changed since.
  const second = await repository.open()
  const { dir, branch } = worktree
  const again = await second.reopenWorktree({ dir, branch })
  const ref = 'refs/gump/r1/impl/@1.2.1'
  const { commit } = await again.snapshot({ base: head, ref, describe: describing('impl') })
  expect(repository.git('show', `${commit}:new.txt`)).toBe('second attempt\n')
  expect(repository.gitIn(dir, 'status', '--porcelain')).toBe('?? new.txt\n')
})
