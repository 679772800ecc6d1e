import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { type World, world } from './support/world.js'
import { oneStep, project, succeeds } from './support/workflows.js'

const privateKey = '-----BEGIN PRIVATE KEY-----\nmine alone\n'

/** Puts something that is no regular file of the repository at a place in it. */
function place({ repo, home, atHome }: World, path: string, kind: string): void {
  const file = join(repo.dir, path)
  mkdirSync(dirname(file), { recursive: true })
  rmSync(file, { force: true })
  if (kind === 'pipe') execFileSync('sh', ['-c', 'mkfifo "$0"', file])
  if (kind === 'device') symlinkSync('/dev/zero', file)
  if (kind === 'folder') mkdirSync(file)
  if (kind === 'link') {
    atHome('.ssh/id', privateKey)
    symlinkSync(join(home, '.ssh/id'), file)
  }
  if (kind === 'large') writeFileSync(file, 'x'.repeat(1024 * 1024 + 1))
}

const kinds = ['pipe', 'device', 'folder', 'link', 'large']
const needsInput = oneStep.replace('{spec}', '{spec}{extra}')

describe.each(kinds)('a %s', (kind) => {
  it.each([
    ['the spec', 'spec.md', ['run', 'one', '--spec', 'spec.md'], 'GUMP-P007'],
    [
      'a file for --set',
      'extra.txt',
      ['run', 'two', '--spec', 'spec.md', '--set', 'extra=@extra.txt'],
      'GUMP-C005',
    ],
    [
      'a script',
      'evil.yaml',
      ['run', 'one', '--spec', 'spec.md', '--agent', 'scripted:evil.yaml'],
      'GUMP-A001',
    ],
    ['gump.toml', 'gump.toml', ['run', 'one', '--spec', 'spec.md'], 'GUMP-C001'],
    ['a workflow', '.gump/workflows/evil.yaml', ['run', 'evil', '--spec', 'spec.md'], /GUMP-W0(?:53|60|64)/u],
    ['a workflow by its path', 'evil.yaml', ['run', './evil.yaml', '--spec', 'spec.md'], /GUMP-W0(?:53|64)/u],
  ])('as %s is refused, and nothing is read from it', async (_what, path, args, code) => {
    const here = world(project(succeeds, { '.gump/workflows/two.yaml': needsInput }))
    place(here, path, kind)
    const outcome = await here.gump([...args, '--allow-dirty'])
    expect(outcome.code).toBe(2)
    expect(outcome.stderr).toMatch(code)
    expect(outcome.stdout + outcome.stderr).not.toContain('mine alone')
  })
})

describe('a link that leads out of the repository', () => {
  it('is named with where it leads to', async () => {
    const here = world(project(succeeds))
    place(here, 'spec.md', 'link')
    const { stderr } = await here.gump(['run', 'one', '--spec', 'spec.md', '--allow-dirty'])
    expect(stderr.replaceAll(/\s+/gu, ' ')).toContain('a link that leads out of the repository')
  })

  it('does not let a workflow of the repository name a script outside of it', async () => {
    const here = world(project(succeeds))
    here.atHome('notes.yaml', privateKey)
    here.repo.write(
      '.gump/workflows/one.yaml',
      oneStep.replace('agent: scripted', `agent: "scripted:${join(here.home, 'notes.yaml')}"`),
    )
    const outcome = await here.gump(['run', 'one', '--spec', 'spec.md', '--allow-dirty'])
    expect(outcome.code).toBe(2)
    expect(outcome.stdout + outcome.stderr).not.toContain('mine alone')
  })

  it('is not written through by a script', async () => {
    const script = '- do:\n    - write: {path: out/new.txt, content: "x"}\n'
    const here = world(project(script))
    symlinkSync(here.home, join(here.repo.dir, 'out'))
    here.repo.commit('link')
    await here.gump(['run', 'one', '--spec', 'spec.md'])
    expect(execFileSync('ls', [here.home], { encoding: 'utf8' })).not.toContain('new.txt')
  })
})

describe('a file outside of the repository', () => {
  it('can be the spec of a person who names it', async () => {
    const here = world(project(succeeds))
    here.atHome('plan.md', 'Make done.txt.\n')
    expect(await here.gump(['run', 'one', '--spec', join(here.home, 'plan.md')])).toMatchObject({ code: 0 })
  })
})
