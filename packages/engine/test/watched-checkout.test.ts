import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LedgerEvent } from '@gump/ledger'
import { defineGate } from '@gump/gates'
import { temporaryRepository, type TemporaryRepository } from '@gump/testkit'
import { describe, expect, it } from 'vitest'
import { world } from './support/world.js'

const workflow = 'name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, gate: [meddle]}\n'
const script = '- do: [turn, {write: {path: a.txt, content: x}}]'

/** Plays a step while something is done to the user's checkout, and returns what the run says of it. */
async function play(
  meddle: (repo: TemporaryRepository) => void,
  mode: 'off' | 'auto' | 'require' | 'strict' = 'off',
  prepare: (repo: TemporaryRepository) => void = () => {},
): Promise<{
  status: string
  reason: string | undefined
  events: readonly LedgerEvent[]
  codes: string[]
  said: string
}> {
  const repo = temporaryRepository({ 'src/a.ts': 'one\n', '.gitignore': 'ignored\n' })
  prepare(repo)
  const gate = defineGate({
    name: 'meddle',
    summary: 'meddles',
    required: true,
    argument: 'none',
    async run() {
      meddle(repo)
      return { status: 'pass' }
    },
  })
  const { engine } = world({
    repo,
    workflows: { w: workflow },
    script,
    gates: [gate],
    settings: { sandbox: { mode, writable: [], hide: [] } },
  })
  const run = await engine.start({ workflow: 'w', allowDirty: true })
  const { status, reason } = await run.result
  const events = await engine.events(run.id)
  const told = events.flatMap((event) => (event.type === 'warning' ? [event] : []))
  return {
    status,
    reason,
    events,
    codes: told.flatMap(({ code }) => code ?? []).filter((code) => code.startsWith('GUMP-G')),
    said: told.map(({ message }) => message).join('\n'),
  }
}

const inRepo =
  (path: string, text: string) =>
  (repo: TemporaryRepository): void => {
    mkdirSync(join(repo.dir, path, '..'), { recursive: true })
    writeFileSync(join(repo.dir, path), text)
  }

const settings: readonly {
  readonly what: string
  readonly meddle: (repo: TemporaryRepository) => void
  readonly named: string
}[] = [
  {
    what: 'the configuration',
    meddle: (repo) => repo.git('config', 'core.hooksPath', '/tmp/x'),
    named: '.git/config',
  },
  {
    what: 'a hook',
    meddle: inRepo('.git/hooks/post-checkout', '#!/bin/sh\n'),
    named: '.git/hooks/post-checkout',
  },
  {
    what: 'attributes',
    meddle: inRepo('.git/info/attributes', '* filter=x\n'),
    named: '.git/info/attributes',
  },
  { what: 'ignore patterns', meddle: inRepo('.git/info/exclude', '*.ts\n'), named: '.git/info/exclude' },
  {
    what: 'alternates',
    meddle: inRepo('.git/objects/info/alternates', '/tmp/x\n'),
    named: '.git/objects/info/alternates',
  },
  {
    what: 'where the history ends',
    meddle: inRepo('.git/shallow', '\n'),
    named: '.git/shallow',
  },
  {
    what: 'a registration of another worktree',
    meddle: inRepo('.git/worktrees/mine/commondir', '/tmp/x\n'),
    named: '.git/worktrees/mine/commondir',
  },
]

describe('what git goes by', () => {
  const linked = (repo: TemporaryRepository): void => {
    repo.git('worktree', 'add', '-q', join(repo.dir, 'elsewhere/mine'))
  }

  it.each(settings)('is watched: $what', async ({ meddle, named }) => {
    const { status, codes, said } = await play(meddle, 'auto', linked)
    expect([status, codes]).toEqual(['passed', ['GUMP-G019']])
    expect(said).toContain(named)
  })

  it.each(['require', 'strict'] as const)('stops the run when it changes, in mode %s', async (mode) => {
    const { events, status, reason } = await play((repo) => repo.git('config', 'x.y', 'z'), mode)
    expect(status).toBe('failed')
    expect(reason).toContain('.git/config changed')
    expect(events.find(({ type }) => type === 'circuit_breaker')).toMatchObject({
      step: 'a',
      reason: expect.stringContaining('GUMP-G019'),
    })
  })

  it('is what it was when it was only touched, collected, or written again', async () => {
    const { status, codes } = await play((repo) => {
      const config = join(repo.dir, '.git/config')
      writeFileSync(config, repo.read('.git/config'))
      utimesSync(config, 1, 1)
      repo.git('gc', '-q')
      repo.git('worktree', 'add', '-q', join(repo.dir, '.git/elsewhere'))
      appendFileSync(join(repo.dir, '.git/info/exclude'), '/.env\n/.gump/out/\n')
    }, 'strict')
    expect([status, codes]).toEqual(['passed', []])
  })
})

describe('the checkout', () => {
  const outside: readonly {
    readonly what: string
    readonly meddle: (repo: TemporaryRepository) => void
    readonly named: string
  }[] = [
    { what: 'a tracked file', meddle: inRepo('src/a.ts', 'two\n'), named: 'src/a.ts' },
    { what: 'a new file', meddle: inRepo('src/deep/b.ts', 'new\n'), named: 'src/deep/b.ts' },
    { what: 'a file that was changed before', meddle: inRepo('dirty.txt', 'other\n'), named: 'dirty.txt' },
    { what: 'a branch', meddle: (repo) => repo.git('branch', 'evil'), named: 'refs/heads/evil' },
    { what: 'a stash', meddle: (repo) => repo.git('stash', '-u'), named: 'refs/stash' },
    { what: 'HEAD', meddle: (repo) => repo.git('symbolic-ref', 'HEAD', 'refs/heads/x'), named: 'HEAD' },
  ]

  it.each(outside)('is watched where there is no sandbox: $what', async ({ meddle, named }) => {
    const { status, codes, said } = await play(meddle, 'off', inRepo('dirty.txt', 'mine\n'))
    expect([status, codes]).toEqual(['passed', ['GUMP-G020']])
    expect(said).toContain(named)
    expect(said).toContain('Was it you?')
  })

  it('is what it was when files were touched, written again, or ignored, and refs were fetched', async () => {
    const { codes } = await play(
      (repo) => {
        utimesSync(join(repo.dir, 'src/a.ts'), 1, 1)
        utimesSync(join(repo.dir, 'dirty.txt'), 1, 1)
        writeFileSync(join(repo.dir, 'ignored'), 'x')
        repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
        repo.git('gc', '-q')
      },
      'off',
      inRepo('dirty.txt', 'mine\n'),
    )
    expect(codes).toEqual([])
  })
})
