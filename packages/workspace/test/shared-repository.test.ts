import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { parseSharedMode, sharedBits } from '../src/repository/shared-mode.js'
import { temporaryRepository } from './support/temporary-repository.js'

const umask = process.umask()
beforeEach(() => void process.umask(0o077))
afterEach(() => void process.umask(umask))

/** Permission bits of everything below a folder, by path. */
function modesBelow(dir: string): ReadonlyMap<string, number> {
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' })
  return new Map(paths.map((path) => [path, statSync(join(dir, path)).mode & 0o7777]))
}

it.each(['group', 'all', '0640', '0664', 'umask'])(
  'gives objects and exclude the permissions that git gives: %s',
  async (value) => {
    const repository = temporaryRepository({ 'a.txt': 'one\n' })
    repository.git('config', 'core.sharedRepository', value)
    const objects = join(repository.dir, '.git/objects')
    const exclude = join(repository.dir, '.git/info/exclude')
    const before = new Set(modesBelow(objects).keys())
    // What git itself does in this repository.
    writeFileSync(join(repository.dir, 'b.txt'), 'by git\n')
    repository.git('add', 'b.txt')
    repository.git('commit', '-qm', 'by git')
    const byGit = [...modesBelow(objects)].filter(([path]) => !before.has(path))
    const known = new Set(modesBelow(objects).keys())

    const workspace = await repository.open()
    const { head } = await workspace.facts()
    chmodSync(exclude, 0o640)
    await workspace.excludeOwnFolders()
    const worktree = await workspace.openWorktree({
      dir: '.gump/worktrees/run-r1',
      branch: 'gump/run-r1',
      commit: head,
    })
    writeFileSync(join(worktree.dir, 'c.txt'), 'by Gump\n')
    const describe = { subject: 'impl', trailers: {} }
    const { commit } = await worktree.snapshot({ base: head, ref: 'refs/gump/r1/impl/@1.1.1', describe })
    await worktree.promote({ from: head, snapshot: commit ?? head, describe })
    const byGump = [...modesBelow(objects)].filter(([path]) => !known.has(path))

    const kinds = (entries: readonly (readonly [string, number])[]): ReadonlySet<string> =>
      new Set(entries.map(([path, mode]) => `${path.includes('/') ? 'file' : 'folder'} ${mode.toString(8)}`))
    expect(byGump.length).toBeGreaterThan(3)
    expect([...kinds(byGump)].toSorted()).toEqual([...kinds(byGit)].toSorted())
    const mode = parseSharedMode(value)
    expect(statSync(exclude).mode & 0o777).toBe(mode === null ? 0o640 : sharedBits(0o640, false, mode))
  },
)

it('reads the words and numbers that git takes', () => {
  const bitsOf = (value: string) => parseSharedMode(value)?.bits ?? null
  expect(['group', 'true', '1', 'all', 'world', '2', '0640'].map(bitsOf)).toEqual([
    0o660, 0o660, 0o660, 0o664, 0o664, 0o664, 0o640,
  ])
  expect(['umask', 'false', '0', '0040', 'x'].map(bitsOf)).toEqual([null, null, null, null, null])
})
