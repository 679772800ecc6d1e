import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { countingGit } from './support/counting-git.js'
import { openRun, temporaryRepository } from './support/temporary-repository.js'

describe('where HEAD is', () => {
  type Repository = ReturnType<typeof temporaryRepository>
  const cases: Record<string, (repository: Repository) => void> = {
    'on a branch': () => {},
    'on a branch whose ref is packed': ({ git }) => git('pack-refs', '--all'),
    'on a packed branch that has moved since': ({ git, commitAll, write }) => {
      git('pack-refs', '--all')
      write('more.txt', 'more')
      commitAll('more')
    },
    'on a branch with a slash': ({ git }) => git('switch', '-q', '-c', 'a/b'),
    'on a branch that is a symbolic ref to another': ({ git }) => {
      git('symbolic-ref', 'refs/heads/alias', 'refs/heads/main')
      git('symbolic-ref', 'HEAD', 'refs/heads/alias')
    },
    'on a symbolic branch that was packed before it became one': ({ git, commitAll, write }) => {
      git('branch', 'alias')
      git('pack-refs', '--all')
      write('more.txt', 'more')
      commitAll('more')
      git('symbolic-ref', 'refs/heads/alias', 'refs/heads/main')
      git('symbolic-ref', 'HEAD', 'refs/heads/alias')
    },
    detached: ({ git }) => git('switch', '-q', '--detach'),
    'on a branch that HEAD leads to as a link, as in repositories of old': ({ dir }) => {
      rmSync(join(dir, '.git/HEAD'))
      symlinkSync('refs/heads/main', join(dir, '.git/HEAD'))
    },
  }
  test.each(Object.entries(cases))('%s, is what git says', async (_, arrange) => {
    const repository = temporaryRepository({ 'a.txt': 'one\n' })
    arrange(repository)
    const workspace = await repository.open()
    const { head, branch } = await workspace.facts()
    const isDetached = repository.git('rev-parse', '--abbrev-ref', 'HEAD') === 'HEAD\n'
    expect(head).toBe(repository.git('rev-parse', 'HEAD').trim())
    expect(branch).toBe(isDetached ? null : repository.git('symbolic-ref', '--short', 'HEAD').trim())
    await workspace.close()
  })
})

test('a packed ref where the branches of runs go is in the way, too', async () => {
  const repository = temporaryRepository()
  repository.git('branch', 'gump')
  repository.git('pack-refs', '--all')
  const workspace = await repository.open()
  expect(await workspace.collidingRefs()).toEqual(['refs/heads/gump'])
  await workspace.close()
})

test.each(['~/ignored', '%(prefix)/../nowhere'])(
  'the ignore file at %s is found where git finds it',
  async (path) => {
    const repository = temporaryRepository({ 'a.txt': 'one\n' })
    writeFileSync(join(repository.home, 'ignored'), 'secret.txt\n')
    repository.git('config', 'core.excludesFile', path)
    const workspace = await repository.open()
    const { head, worktree } = await openRun(workspace)
    writeFileSync(join(worktree.dir, 'secret.txt'), '')
    expect(await worktree.differsFrom(head)).toBe(path !== '~/ignored')
    await workspace.close()
  },
)

test('a run reads the configuration once, and the next one reads it again', async () => {
  const repository = temporaryRepository({ '.gitattributes': '*.x filter=own\n' })
  const { env, commands } = countingGit(repository.env)
  const workspace = await repository.open({ env })
  const { head } = await workspace.facts()
  const configured = async (): Promise<number> => {
    const request = { commit: head, env: repository.env }
    return (await workspace.contentFilters(request)).settings.length
  }
  const counted = (): number => commands().filter((command) => command === 'config').length
  expect(await configured()).toBe(0)
  await openRun(workspace, 'r1')
  await openRun(workspace, 'r2')
  expect(counted()).toBe(1)
  repository.git('config', 'filter.own.clean', 'cat')
  repository.git('config', 'filter.own.smudge', 'cat')
  expect(await configured()).toBeGreaterThan(0)
  expect(counted()).toBe(2)
  await workspace.close()
})

describe('a worktree', () => {
  test('is registered without git, and git knows it', async () => {
    const repository = temporaryRepository({ 'a.txt': 'one\n' })
    const { env, commands } = countingGit(repository.env)
    const workspace = await repository.open({ env })
    const { head, worktree } = await openRun(workspace)
    expect(commands()).not.toContain('worktree')
    expect(repository.git('worktree', 'list', '--porcelain')).toContain(
      `worktree ${worktree.dir}\nHEAD ${head}\nbranch refs/heads/gump/run-r1\nlocked`,
    )
    expect(repository.gitIn(worktree.dir, 'status', '--porcelain', '--branch')).toBe('## gump/run-r1\n')
    repository.gitIn(worktree.dir, 'commit', '-q', '--allow-empty', '-m', 'by hand')
    expect(repository.gitIn(worktree.dir, 'log', '-1', '--format=%s')).toBe('by hand\n')
    expect(repository.git('fsck', '--strict')).toBe('')
    await workspace.close()
  })

  test('gets a name of its own where another has its name', async () => {
    const repository = temporaryRepository({ 'a.txt': 'one\n' })
    repository.git('worktree', 'add', '-q', '../theirs/run-r1')
    const workspace = await repository.open()
    const { worktree } = await openRun(workspace)
    expect(worktree.gitDir).toBe(join(repository.dir, '.git/worktrees/run-r11'))
    expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(3)
    await workspace.close()
    rmSync(join(repository.dir, '../theirs'), { recursive: true })
  })

  test.each(['extensions.worktreeConfig', 'core.sparseCheckout', 'core.sharedRepository'])(
    'is left to git with %s',
    async (key) => {
      const repository = temporaryRepository({ 'a.txt': 'one\n' })
      repository.git('config', key, 'true')
      const { env, commands } = countingGit(repository.env)
      const workspace = await repository.open({ env })
      await openRun(workspace)
      expect(commands()).toContain('worktree')
      await workspace.close()
    },
  )
})

test('a git that goes away is looked for again', async () => {
  const repository = temporaryRepository()
  const { env, program } = countingGit(repository.env)
  const workspace = await repository.open({ env })
  renameSync(program, `${program}-gone`)
  expect(await workspace.changes()).toEqual({ tracked: [], untracked: [] })
  await workspace.close()
})
