import { describe, expect, it } from 'vitest'

import { world, type World } from './support/world.js'
import { fails, project, succeeds } from './support/workflows.js'

async function passed(): Promise<World> {
  const made = world(project(succeeds))
  expect((await made.gump(['run', 'one', '--spec', 'spec.md', '-q'])).code).toBe(0)
  return made
}

describe('gump apply', () => {
  it('makes a merge commit that names the run', async () => {
    const { gump, repo } = await passed()
    const { code, stdout } = await gump(['apply'])
    expect(stdout).toMatch(/^run_\S+ merged as [0-9a-f]{12}: 1 file changed, \+1 −0\.\n$/u)
    expect(code).toBe(0)
    expect(repo.read('done.txt')).toBe('done\n')
    expect(repo.git('log', '-1', '--format=%P').split(' ')).toHaveLength(2)
    expect(repo.git('log', '-1', '--format=%(trailers:key=Gump-Run,valueonly)')).toMatch(/^[0-9a-f-]{36}/u)
  })

  it('says so the second time', async () => {
    const { gump } = await passed()
    await gump(['apply'])
    const { code, stderr, stdout } = await gump(['apply'])
    expect(stderr + stdout).toMatch(/run run_\S+ is already applied: its work is in [0-9a-f]{40}\n/u)
    expect(code).toBe(2)
  })

  it('squashes, fast-forwards, or leaves a branch', async () => {
    const squash = await passed()
    expect((await squash.gump(['apply', '--squash'])).code).toBe(0)
    expect(squash.repo.git('log', '-1', '--format=%P').split(' ')).toHaveLength(1)
    const ff = await passed()
    expect((await ff.gump(['apply', '--ff'])).stdout).toContain('fast-forwarded to')
    const branch = await passed()
    expect((await branch.gump(['apply', '--branch', 'feature/x'])).code).toBe(0)
    expect(branch.repo.exists('done.txt')).toBe(false)
    expect(branch.repo.git('show', 'feature/x:done.txt')).toBe('done')
  })

  it('takes one way, not two', async () => {
    const { gump } = await passed()
    const { code, stderr } = await gump(['apply', '--squash', '--ff'])
    expect(code).toBe(2)
    expect(stderr).toContain('--squash')
  })

  it('refuses a run that did not pass, a dirty tree, and a run that does not exist', async () => {
    const failed = world(project(fails))
    await failed.gump(['run', 'one', '--spec', 'spec.md', '-q'])
    expect((await failed.gump(['apply'])).code).toBe(2)
    const dirty = await passed()
    dirty.repo.write('README.md', 'changed\n')
    const { code, stderr } = await dirty.gump(['apply'])
    expect(code).toBe(2)
    expect(stderr).toContain('README.md')
    expect((await dirty.gump(['apply', 'run_1999'])).code).toBe(2)
  })

  it('leaves nothing half done when there are conflicts, and says which files', async () => {
    const { gump, repo } = await passed()
    repo.write('done.txt', 'mine\n')
    repo.commit()
    const head = repo.git('rev-parse', 'HEAD')
    const { code, stderr } = await gump(['apply'])
    expect(code).toBe(1)
    expect(stderr).toContain('done.txt')
    expect(repo.git('rev-parse', 'HEAD')).toBe(head)
    expect(repo.git('status', '--porcelain')).toBe('')
    const kept = await gump(['apply', '--keep-conflicts'])
    expect(kept.code).toBe(1)
    expect(repo.read('done.txt')).toContain('<<<<<<<')
  })

  it('prints JSON', async () => {
    const { gump } = await passed()
    const { stdout } = await gump(['apply', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'merged',
      files: [{ path: 'done.txt', status: 'added' }],
    })
  })
})
