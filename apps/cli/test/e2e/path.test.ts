import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { fails, project, succeeds } from './support/workflows.js'
import { world } from './support/world.js'

const start = ['run', 'one', '--spec', 'spec.md']

describe('gump path', () => {
  it('prints where the worktree is, and nothing else', async () => {
    const { repo, gump } = world(project(fails))
    await gump(start)
    const { code, stdout } = await gump(['path'])
    expect(code).toBe(0)
    const dir = stdout.trim()
    expect(dir.startsWith(`${repo.dir}.gump/run-`)).toBe(true)
    expect(existsSync(join(dir, 'other.txt')) || existsSync(join(dir, 'README.md'))).toBe(true)
    expect(JSON.parse((await gump(['path', 'latest', '--json'])).stdout)).toMatchObject({
      path: dir,
      exists: true,
    })
  })

  it('says that an applied run has none, and names what apply has left', async () => {
    const { repo, gump } = world(project(succeeds))
    await gump(start)
    const dir = (await gump(['path'])).stdout.trim()
    writeFileSync(join(dir, 'by-hand.txt'), 'mine\n')
    const applied = await gump(['apply'])
    expect(applied.stdout).toContain(`${dir} stays: its files are not those of its branch.\n`)
    rmSync(join(dir, 'by-hand.txt'))
    expect((await gump(['apply'])).code).toBe(2)
    const { code, stderr } = await gump(['path'])
    expect(code).toBe(2)
    expect(stderr).toContain('GUMP-G018')
    expect(existsSync(`${repo.dir}.gump`)).toBe(false)
    expect((await gump(['blame', 'done.txt'])).stdout).toContain('impl')
    expect((await gump(['report'])).code).toBe(0)
  })
})

describe('worktree.dir', () => {
  it('of a repository is ignored, with a word', async () => {
    const files = project(succeeds)
    const toml = `${files['gump.toml'] ?? ''}[worktree]\ndir = "../elsewhere"\n`
    const { repo, gump } = world({ ...files, 'gump.toml': toml })
    const { code, stderr } = await gump(start)
    expect(code).toBe(0)
    expect(stderr).toContain('worktree.dir is ignored')
    expect(existsSync(join(repo.dir, '../elsewhere'))).toBe(false)
    expect(existsSync(`${repo.dir}.gump`)).toBe(true)
  })

  it('of the user moves worktrees, from the home folder or from the repository', async () => {
    const { repo, gump, home, atHome } = world(project(succeeds))
    atHome('.gump/config.toml', '[worktree]\ndir = "~/trees"\n')
    await gump(start)
    expect(readdirSync(join(home, 'trees'))).toHaveLength(1)
    await gump(start, { env: { GUMP_WORKTREE_DIR: '../mine' } })
    const [name = ''] = readdirSync(join(repo.dir, '../mine'))
    expect(readFileSync(join(repo.dir, '.gump/worktrees', name), 'utf8')).toMatch(/\/mine\/run-[\w-]+\n$/)
    const refused = await gump(start, { env: { GUMP_WORKTREE_DIR: '..' } })
    expect([refused.code, refused.stderr.includes('GUMP-G017')]).toEqual([2, true])
  })
})

it('a branch called gump is refused before anything starts', async () => {
  const { repo, gump } = world(project(succeeds))
  repo.git('branch', 'gump')
  const { code, stderr } = await gump(start)
  expect(code).toBe(2)
  expect(stderr).toContain('git branch -m gump NAME')
  expect(repo.exists('.gump/runs')).toBe(false)
})
