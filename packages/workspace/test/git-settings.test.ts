import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

import { expect, it } from 'vitest'

import { temporaryRepository } from './support/temporary-repository.js'

it('says nothing of a registration that git is just making', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n' })
  const workspace = await repository.open()
  const before = await workspace.gitSettings()
  const folder = join(repository.dir, '.git/worktrees/mine')
  mkdirSync(folder, { recursive: true })
  for (const file of ['commondir', 'gitdir', 'config.worktree']) {
    writeFileSync(join(folder, file), '')
    expect(await workspace.gitSettings()).toEqual(before)
  }
  writeFileSync(join(folder, 'gitdir'), '/elsewhere/.git\n')
  expect(Object.keys(await workspace.gitSettings())).toContain('.git/worktrees/mine/gitdir')
})

it('says the same of the registration of a run, at every stage of making it', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n' })
  const workspace = await repository.open()
  const { head } = await workspace.facts()
  const place = '.gump/worktrees/run-r1'
  await workspace.openWorktree({ dir: place, branch: 'gump/run-r1', commit: head })
  const done = await workspace.gitSettings()
  const [folder] = readdirSync(join(repository.dir, '.git/gump/worktrees'))
  const own = join(repository.dir, '.git/gump/worktrees', String(folder))
  const record = join(own, 'worktree.json')
  const known = readFileSync(record, 'utf8')
  const { adminDir } = JSON.parse(known) as { adminDir: string }
  const gitdir = join(adminDir, 'gitdir')
  const name = `.git/worktrees/${basename(adminDir)}/gitdir`
  // Git has added it where Gump asked for it; then Gump has pointed it at its folder; then it is on record.
  writeFileSync(record, known.replace(JSON.stringify(adminDir), 'null'))
  const pointed = readFileSync(gitdir, 'utf8')
  writeFileSync(gitdir, `${join(own, 'new', basename(place))}/.git\n`)
  const added = await workspace.gitSettings()
  writeFileSync(gitdir, pointed)
  expect(await workspace.gitSettings()).toEqual(added)
  expect(added[name]).toBe('of a run')
  writeFileSync(record, known)
  expect(await workspace.gitSettings()).toEqual(done)
})
