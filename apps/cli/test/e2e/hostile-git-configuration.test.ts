import { chmodSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { type World, world } from './support/world.js'
import { project, succeeds } from './support/workflows.js'

const everyHook = [
  'post-checkout',
  'post-commit',
  'post-index-change',
  'post-merge',
  'post-rewrite',
  'pre-auto-gc',
  'pre-commit',
  'pre-merge-commit',
  'pre-push',
  'prepare-commit-msg',
  'reference-transaction',
]

/** A repository whose own git configuration names a program wherever git takes one. */
function hostile(): World & { ran(): readonly string[] } {
  const made = world(project(succeeds, { '.gitattributes': 'src/** filter=evil diff=evil merge=evil\n' }))
  const { repo, home } = made
  repo.write('src/a.txt', 'a\n')
  repo.commit('attributes')
  const marks = join(home, 'marks')
  made.atHome('marks/.keep', '')
  const file = (name: string) => {
    made.atHome(`bin/${name}`, `#!/bin/sh\ntouch ${join(marks, name)}\n`)
    return join(home, 'bin', name)
  }
  const set = (key: string, value: string) => repo.git('config', key, value)
  const keys = [
    ['core.fsmonitor', 'fsmonitor'],
    ['core.sshCommand', 'ssh'],
    ['core.pager', 'pager'],
    ['pager.blame', 'pager-blame'],
    ['core.editor', 'editor'],
    ['core.askPass', 'askpass'],
    ['core.gitProxy', 'proxy'],
    ['core.alternateRefsCommand', 'alternates'],
    ['diff.external', 'external'],
    ['diff.evil.command', 'diff-command'],
    ['diff.evil.textconv', 'textconv'],
    ['filter.evil.clean', 'clean'],
    ['filter.evil.smudge', 'smudge'],
    ['merge.evil.driver', 'merge'],
    ['gpg.program', 'gpg'],
    ['gpg.ssh.program', 'gpg-ssh'],
    ['credential.helper', 'credential'],
    ['uploadpack.packObjectsHook', 'pack-objects'],
    ['trailer.gump-run.command', 'trailer'],
  ] as const
  for (const [key, name] of keys) set(key, file(name))
  for (const command of ['status', 'log', 'config', 'rev-parse']) set(`alias.${command}`, `!${file('alias')}`)
  set('commit.gpgSign', 'true')
  set('log.showSignature', 'true')
  set('remote.origin.url', 'ssh://nowhere.invalid/x')
  set('remote.origin.uploadpack', file('uploadpack'))
  set('remote.origin.promisor', 'true')
  for (const hook of everyHook)
    repo.write(`.git/hooks/${hook}`, `#!/bin/sh\ntouch ${join(marks, 'hook')}-${hook}\n`, 0o755)
  for (const name of readdirSync(join(home, 'bin'))) chmodSync(join(home, 'bin', name), 0o755)
  // So that git has to look at the content.
  utimesSync(join(repo.dir, 'src/a.txt'), new Date(0), new Date(0))
  // What the preparations themselves have run.
  for (const name of readdirSync(marks)) if (name !== '.keep') rmSync(join(marks, name))
  return { ...made, ran: () => readdirSync(marks).filter((name) => name !== '.keep') }
}

describe('a hostile git configuration', () => {
  it.each([
    [['doctor']],
    [['status']],
    [['init']],
    [['completion', 'bash']],
    [['completion', 'zsh']],
    [['runs']],
    [['logs']],
    [['report']],
    [['report', '--json']],
    [['stats']],
    [['config', 'list']],
    [['config', 'get', 'default_agent']],
    [['models']],
    [['playbook', 'list']],
    [['playbook', 'show', 'one']],
    [['playbook', 'validate', 'one']],
    [['schema', 'config']],
    [['trust']],
    [['gc', '--dry-run']],
    [['gc']],
    [['blame', 'src/a.txt']],
    [['cancel']],
    [['--help']],
    [['run', 'one', '--spec', 'spec.md', '--dry-run']],
  ])('gets nothing run by gump %j', async (args) => {
    const here = hostile()
    await here.gump(args)
    expect(here.ran()).toEqual([])
  })

  it('gets nothing run by commands that look at a run, or replay it', async () => {
    const here = hostile()
    // What content filters do in a run is for the sandbox of the gates, and is tested there.
    here.repo.write('.git/info/attributes', 'src/** -filter\n')
    const run = await here.gump(['run', 'one', '--spec', 'spec.md', '--allow-dirty'])
    expect(run.code).toBe(0)
    for (const args of [
      ['status'],
      ['report', '--detail', 'impl'],
      ['logs'],
      ['blame', 'src/a.txt'],
      ['gc', '--dry-run'],
    ])
      await here.gump(args)
    const replay = ['run', 'one', '--spec', 'spec.md', '--agent', 'replay:latest', '--allow-dirty']
    expect((await here.gump(replay)).code).toBe(0)
    expect((await here.gump(['apply'])).code).toBe(0)
    await here.gump(['blame', 'done.txt'])
    expect(here.ran()).toEqual([])
  })

  it('does not make doctor call a file changed that only a filter could compare', async () => {
    const here = hostile()
    const { stdout } = await here.gump(['doctor'])
    expect(stdout).toContain('no uncommitted changes')
    here.repo.write('spec.md', 'changed\n')
    expect((await here.gump(['doctor'])).stdout).toContain('1 tracked file has uncommitted changes')
    expect(here.ran()).toEqual([])
  })
})
