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

describe('the settings that git follows', () => {
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

describe('one baseline for the whole run', () => {
  const twoSteps =
    'name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, hitl: after_gate}\n  - {name: b, agent: scripted, prompt: go}\n'

  /** A run that waits for a person after its first step, without one there. */
  async function paused(): Promise<{
    repo: TemporaryRepository
    engine: ReturnType<typeof world>['engine']
    id: string
    dir: string
    told: () => Promise<readonly string[]>
  }> {
    const repo = temporaryRepository({ 'src/a.ts': 'one\n' })
    const { engine } = world({
      repo,
      workflows: { w: twoSteps },
      script,
      settings: { sandbox: { mode: 'off', writable: [], hide: [] } },
    })
    const run = await engine.start({ workflow: 'w' })
    expect((await run.result).status).toBe('paused')
    const told = async (): Promise<readonly string[]> =>
      (await engine.events(run.id)).flatMap((event) =>
        event.type === 'warning' && (event.code === 'GUMP-G020' || event.code === 'GUMP-G019')
          ? [event.message]
          : [],
      )
    return { repo, engine, id: run.id, dir: run.dir, told }
  }

  const goOn = async (engine: ReturnType<typeof world>['engine'], id: string): Promise<string> =>
    (await (await engine.resume({ run: id, answer: { decision: 'continue' } })).result).status

  it('tells what changed while nobody worked on the run, and tells it once', async () => {
    const { repo, engine, id, told } = await paused()
    inRepo('src/a.ts', 'two\n')(repo)
    expect(await goOn(engine, id)).toBe('passed')
    expect(await told()).toEqual([expect.stringContaining('changed since the run was last looked at')])
    expect(await told()).toEqual([expect.stringContaining('src/a.ts. Was it you?')])
  })

  it('tells of settings that changed meanwhile before it asks git anything', async () => {
    const { repo, engine, id, told } = await paused()
    repo.git('config', 'x.y', 'z')
    expect(await goOn(engine, id)).toBe('passed')
    expect(await told()).toEqual([expect.stringContaining('.git/config changed since the run was last')])
  })

  it('continues without a record that cannot be read, and says so', async () => {
    const { engine, id, dir, told } = await paused()
    writeFileSync(join(dir, 'watch.ndjson'), '{"version":1,"baseline":{"settings":[]}}')
    expect(await goOn(engine, id)).toBe('passed')
    expect(await told()).toEqual([expect.stringContaining('cannot be read any more')])
  })

  it('asks before it applies, and applies nothing when it was not the user', async () => {
    const { repo, engine, id } = await paused()
    expect(await goOn(engine, id)).toBe('passed')
    repo.git('branch', 'constructor')
    const asked: (readonly string[])[] = []
    const answer = (yes: boolean) => (names: readonly string[]) => {
      asked.push(names)
      return Promise.resolve(yes)
    }
    const head = repo.git('rev-parse', 'HEAD')
    await expect(engine.apply(id, { confirm: answer(false) })).rejects.toMatchObject({ code: 'GUMP-G020' })
    expect(repo.git('rev-parse', 'HEAD')).toBe(head)
    expect(await engine.apply(id, { confirm: answer(true) })).toMatchObject({ status: 'merged', changed: [] })
    expect(asked).toEqual([['refs/heads/constructor'], ['refs/heads/constructor']])
  })

  it('tells of it in the result when nobody can be asked', async () => {
    const { repo, engine, id } = await paused()
    expect(await goOn(engine, id)).toBe('passed')
    inRepo('new.txt', 'x')(repo)
    expect(await engine.apply(id)).toMatchObject({ status: 'merged', changed: ['new.txt'] })
  })

  it('looks while the run waits for a person, and tells it once', async () => {
    const repo = temporaryRepository({ 'src/a.ts': 'one\n' })
    const gate = defineGate({
      name: 'meddle',
      summary: 'meddles',
      required: true,
      argument: 'none',
      async run() {
        inRepo('src/a.ts', 'two\n')(repo)
        return { status: 'pass' }
      },
    })
    const { engine } = world({
      repo,
      workflows: {
        w: 'name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, gate: [meddle], hitl: after_gate}\n',
      },
      script,
      gates: [gate],
      settings: { sandbox: { mode: 'off', writable: [], hide: [] } },
      ambient: { human: { ask: () => Promise.resolve({ decision: 'continue' as const }) } },
    })
    const run = await engine.start({ workflow: 'w' })
    expect((await run.result).status).toBe('passed')
    const types = (await engine.events(run.id)).map((event) =>
      event.type === 'warning' ? (event.code ?? '') : event.type,
    )
    expect(types.indexOf('GUMP-G020')).toBeGreaterThan(types.indexOf('gate_passed'))
    expect(types.filter((type) => type === 'GUMP-G020')).toHaveLength(1)
  })
})
