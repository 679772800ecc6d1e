import {
  chmodSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { chooseWorktreesFolder, makeWorktreesFolder, type WorktreesFolder } from '../src/index.js'
import { temporaryFolder } from './support/temporary-repository.js'

interface Place {
  readonly parent: string
  readonly root: string
  readonly home: string
}

function place(name = 'shop'): Place {
  const top = realpathSync(temporaryFolder())
  const [parent, home] = [join(top, 'src'), join(top, 'home')]
  const root = join(parent, name)
  for (const folder of [parent, home, root, join(root, '.git')]) mkdirSync(folder, { mode: 0o755 })
  return { parent, root, home }
}

function choose({ root, home }: Place, wanted: string | null = null): Promise<WorktreesFolder> {
  return chooseWorktreesFolder({ repository: { root, commonDir: join(root, '.git') }, home, wanted })
}

describe('worktrees go', () => {
  test('beside the checkout, and nothing is made by choosing', async () => {
    const here = place()
    expect(await choose(here)).toEqual({ dir: join(here.parent, 'shop.gump'), from: 'beside' })
    expect(readdirSync(here.parent)).toEqual(['shop'])
  })

  test('where no folder begins with a dot', async () => {
    const here = place('.dotfiles')
    expect(await choose(here)).toMatchObject({ dir: join(here.parent, 'dotfiles.gump') })
  })

  test.each<[string, (here: Place) => void]>([
    ['everybody can write to', ({ parent }) => chmodSync(parent, 0o777)],
    ['everybody can add to', ({ parent }) => chmodSync(parent, 0o1777)],
    ['a group can write to', ({ parent }) => chmodSync(parent, 0o775)],
    ['is a repository itself', ({ parent }) => mkdirSync(join(parent, '.git'))],
    ['is a submodule', ({ parent }) => writeFileSync(join(parent, '.git'), 'gitdir: ../x\n')],
    ['is inside a repository', ({ parent }) => mkdirSync(join(parent, '..', '.git'))],
    [
      'has a repository where they would go',
      ({ parent }) => mkdirSync(join(parent, 'shop.gump/.git'), { recursive: true }),
    ],
  ])('below the home folder when the parent %s', async (_, change) => {
    const here = place()
    change(here)
    const { dir, from } = await choose(here)
    expect(from).toBe('home')
    expect(dir).toMatch(new RegExp(`^${here.home}/gump-worktrees/shop-[0-9a-f]{8}$`, 'u'))
    expect(await choose(here)).toEqual({ dir, from })
  })

  test('where the user says, relative to the repository', async () => {
    const here = place()
    expect(await choose(here, '../trees')).toEqual({ dir: join(here.parent, 'trees'), from: 'user' })
    expect(await choose(here, '/trees')).toEqual({ dir: '/trees', from: 'user' })
  })

  test.each<[string, (here: Place) => string]>([
    ['holds the repository', ({ parent }) => parent],
    ['holds the repository', () => '.'],
    ['holds your home folder', ({ home }) => home],
    ['is inside the .git folder', () => '.git/hooks'],
  ])('not where the folder %s', async (what, wanted) => {
    const here = place()
    await expect(choose(here, wanted(here))).rejects.toMatchObject({
      code: 'GUMP-G017',
      message: expect.stringContaining(what) as string,
    })
  })

  test('not through a link, and not into a file', async () => {
    const here = place()
    symlinkSync(here.home, join(here.parent, 'shop.gump'))
    await expect(choose(here)).rejects.toMatchObject({ code: 'GUMP-G017' })
    const other = place()
    writeFileSync(join(other.parent, 'shop.gump'), '')
    await expect(choose(other)).rejects.toMatchObject({ code: 'GUMP-G017' })
  })
})

test('the folder is for its owner alone, whatever it was', async () => {
  const here = place()
  const chosen = await choose(here)
  mkdirSync(chosen.dir, { mode: 0o777 })
  chmodSync(chosen.dir, 0o777)
  await makeWorktreesFolder(chosen)
  expect(statSync(chosen.dir).mode & 0o777).toBe(0o700)
  // One that the user made and named is the user's.
  const named = await choose(here, '../trees')
  mkdirSync(named.dir, { mode: 0o755 })
  await makeWorktreesFolder(named)
  expect(statSync(named.dir).mode & 0o777).toBe(0o755)
})
