import { join } from 'node:path'

import { temporaryRepository, type TemporaryRepository } from '@gump/testkit'
import { afterEach, describe, expect, it } from 'vitest'

import { world, type World } from './support/world.js'

const inside: TemporaryRepository[] = []
afterEach(() => {
  for (const repo of inside.splice(0)) repo.remove()
})

/** A project with a submodule at `vendor/lib`, and an agent that runs a shell script. */
function withSubmodule(script: string, more: Readonly<Record<string, string>> = {}): World {
  const workflow = `name: one
steps:
  - name: impl
    agent: command:sh
    prompt: "{spec}"
    gate:
      - bash: test -f vendor/lib/lib.txt
`
  const made = world({
    '.gump/workflows/one.yaml': workflow,
    'gump.toml': '[worktree]\nsubmodules = true\n',
    'spec.md': script,
    ...more,
  })
  made.atHome('agent.sh', 'echo start\nsh "$1"\n')
  const command = `sh ${join(made.home, 'agent.sh')} {prompt_file}`
  made.atHome('.gump/config.toml', `[agents.sh]\ncommand = "${command}"\nformat = "text"\n`)
  const lib = temporaryRepository({ 'lib.txt': 'lib\n' })
  inside.push(lib)
  made.repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', lib.dir, 'vendor/lib')
  made.repo.commit()
  return made
}

const run = ['run', 'one', '--spec', 'spec.md'] as const

describe('a repository with submodules', () => {
  it.each([
    ['edits', 'echo edited > vendor/lib/lib.txt\n'],
    [
      'commits',
      'cd vendor/lib && echo edited > lib.txt && git -c user.name=a -c user.email=a@b commit -qam inside\nexit 0\n',
    ],
  ])('%s inside one survive apply and gc', async (_what, script) => {
    const { gump, repo } = withSubmodule(script)
    const ran = await gump(run)
    expect(ran.stdout).toContain('Run completed: pass')
    expect((await gump(['apply'])).stdout).toMatch(
      /vendor\/lib names [0-9a-f]{12} now, which is checked out/u,
    )
    expect((await gump(['gc'])).stdout).toContain('removed  applied')
    const link = repo.git('rev-parse', 'HEAD:vendor/lib')
    expect(repo.git('-C', 'vendor/lib', 'rev-parse', 'HEAD')).toBe(link)
    expect(repo.read('vendor/lib/lib.txt')).toBe('edited\n')
    expect(repo.git('-C', 'vendor/lib', 'for-each-ref', `--points-at=${link}`, 'refs/gump')).not.toBe('')
    expect(repo.git('status', '--porcelain', '--ignore-submodules=none')).toBe('')
  })

  it('what cannot be recorded stops the run, and gc asks', async () => {
    const { gump, repo } = withSubmodule('echo lost > vendor/lib/lost.txt\n', {
      'gump.toml': '[worktree]\nsubmodules = false\n',
    })
    const ran = await gump(run)
    expect(ran.code).toBe(1)
    expect(ran.stdout).toContain('GUMP-G014')
    expect((await gump(['apply'])).code).toBe(2)
    expect((await gump(['gc'])).stdout).toMatch(/stays/u)
    expect(repo.git('status', '--porcelain', '--untracked-files=no')).toBe('')
  })
})
